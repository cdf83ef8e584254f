import Foundation
import Network
import Testing

@testable import Models

@Suite struct SafetensorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func singlePrecisionIsUsedWhereItLies() throws {
    let path = try folder.write(
      CheckpointFile.floats([("b", [2], [5, 6]), ("a", [2, 2], [1, 2, 3, 4])]), "a.safetensors")
    let checkpoint = try Safetensors(path: path)
    #expect(checkpoint.entries.map(\.name) == ["b", "a"])
    let entry = try #require(checkpoint["a"])
    let parameter = try checkpoint.parameter(entry)
    #expect(copiedNumbers(parameter) == [1, 2, 3, 4])
    #expect(parameter.shape == [2, 2])
    let start = try #require(checkpoint.file.bytes.baseAddress)
    #expect(UnsafeRawPointer(parameter.values.baseAddress) == start + entry.range.lowerBound)
  }

  @Test func valuesOutliveTheReader() throws {
    let path = try folder.write(CheckpointFile.floats([("a", [3], [1, 2, 3])]), "a.safetensors")
    func load() throws -> Parameter {
      let checkpoint = try Safetensors(path: path)
      return try checkpoint.parameter(try #require(checkpoint["a"]))
    }
    let parameter = try load()
    #expect(copiedNumbers(parameter) == [1, 2, 3])
  }

  @Test func unalignedDataAreCopied() throws {
    var header = CheckpointFile.header([("a", "F32", [2], 8)])
    while header.utf8.count % 4 != 1 { header += " " }
    let data = Data([Float(1.5), -2].flatMap { CheckpointFile.littleEndian($0.bitPattern) })
    let path = try folder.write(CheckpointFile.raw(header, data: data), "a.safetensors")
    let checkpoint = try Safetensors(path: path)
    #expect(try copiedNumbers(checkpoint.parameter(try #require(checkpoint["a"]))) == [1.5, -2])
  }

  @Test func otherFloatsAreConverted() throws {
    let half = CheckpointFile.littleEndian(Float16(0.5).bitPattern)
    let brain = CheckpointFile.littleEndian(UInt16(Float(-3).bitPattern >> 16))
    let double = CheckpointFile.littleEndian(Double(0.1).bitPattern)
    let header = CheckpointFile.header([("h", "F16", [1], 2), ("b", "BF16", [1], 2), ("d", "F64", [1], 8)])
    let path = try folder.write(
      CheckpointFile.raw(header, data: Data(half + brain + double)), "a.safetensors")
    let checkpoint = try Safetensors(path: path)
    let values = try checkpoint.entries.map { copiedNumbers(try checkpoint.parameter($0)) }
    #expect(values == [[0.5], [-3], [0.1]])
  }

  @Test func integersAreNoWeights() throws {
    let path = try folder.write(
      CheckpointFile.raw(CheckpointFile.header([("n", "I64", [], 8)]), data: Data(count: 8)), "a.safetensors")
    let checkpoint = try Safetensors(path: path)
    expectError(containing: path, "\"n\"", "I64") { _ = try checkpoint.parameter(checkpoint.entries[0]) }
  }

  @Test func metadataAndEscapesAreRead() throws {
    let header = #"""
       { "__metadata__" : {"format":"pt", "\u00e9\n\ud83d\ude00":"x"} ,
       "e\"": {"shape":[0,3], "dtype":"F32", "data_offsets":[0,0]} }
      """#
    let checkpoint = try Safetensors(path: try folder.write(CheckpointFile.raw(header), "a.safetensors"))
    #expect(checkpoint.metadata == ["format": "pt", "é\n😀": "x"])
    let entry = try #require(checkpoint["e\""])
    #expect(entry.count == 0)
    #expect(try copiedNumbers(checkpoint.parameter(entry)).isEmpty)
  }

  @Test func hashIsThatOfTheFile() throws {
    let path = try folder.write(CheckpointFile.raw("{}"), "a.safetensors")
    let hash = try Safetensors(path: path).hash
    // printf '\x02\0\0\0\0\0\0\0{}' | sha256sum
    #expect(hash == "411a485216e432ece6b9af94fa32154cf79a2a56d4f81266baa50063f45092bd")
  }

  @Test func aMissingFileIsTheSystemsError() {
    expectError(containing: "nowhere.safetensors", "No such file") {
      _ = try Safetensors(path: "nowhere.safetensors")
    }
  }
}
