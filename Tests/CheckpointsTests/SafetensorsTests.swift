import Foundation
import Support
import Testing

@testable import Checkpoints

@Suite struct SafetensorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func singlePrecisionIsUsedWhereItLies() throws {
    let path = try folder.write(
      SafetensorsFile.floats([("b", [2], [5, 6]), ("a", [2, 2], [1, 2, 3, 4])]), "a.safetensors")
    let checkpoint = try Checkpoint(path: path)
    #expect(checkpoint.tensors.map(\.name) == ["b", "a"])
    let tensor = try #require(checkpoint["a"])
    #expect(tensor.shape == [2, 2])
    #expect(try tensor.array() == [1, 2, 3, 4])
    #expect(try tensor.floats().owner is MappedFile)
  }

  @Test func valuesOutliveTheReader() throws {
    let path = try folder.write(SafetensorsFile.floats([("a", [3], [1, 2, 3])]), "a.safetensors")
    func load() throws -> StoredTensor.Floats {
      try #require(try Checkpoint(path: path)["a"]).floats()
    }
    let floats = try load()
    #expect(withExtendedLifetime(floats.owner) { Array(floats.values) } == [1, 2, 3])
  }

  @Test func unalignedDataAreCopied() throws {
    var header = SafetensorsFile.header([("a", "F32", [2], 8)])
    while header.utf8.count % 4 != 1 { header += " " }
    let data = Data([Float(1.5), -2].flatMap { $0.bitPattern.littleEndianBytes })
    let path = try folder.write(SafetensorsFile.raw(header, data: data), "a.safetensors")
    let checkpoint = try Checkpoint(path: path)
    let floats = try #require(checkpoint["a"]).floats()
    #expect(!(floats.owner is MappedFile))
    #expect(withExtendedLifetime(floats.owner) { Array(floats.values) } == [1.5, -2])
  }

  @Test func otherFloatsAreConverted() throws {
    let half = Float16(0.5).bitPattern.littleEndianBytes
    let brain = UInt16(Float(-3).bitPattern >> 16).littleEndianBytes
    let double = Double(0.1).bitPattern.littleEndianBytes
    let header = SafetensorsFile.header([("h", "F16", [1], 2), ("b", "BF16", [1], 2), ("d", "F64", [1], 8)])
    let path = try folder.write(
      SafetensorsFile.raw(header, data: Data(half + brain + double)), "a.safetensors")
    let checkpoint = try Checkpoint(path: path)
    let values = try checkpoint.tensors.map { try $0.array() }
    #expect(values == [[0.5], [-3], [0.1]])
  }

  @Test func integersAreNoWeights() throws {
    let path = try folder.write(
      SafetensorsFile.raw(SafetensorsFile.header([("n", "I64", [], 8)]), data: Data(count: 8)),
      "a.safetensors")
    let checkpoint = try Checkpoint(path: path)
    expectError(containing: path, "\"n\"", "I64") { _ = try checkpoint.tensors[0].floats() }
  }

  @Test func metadataAndEscapesAreRead() throws {
    let header = #"""
       { "__metadata__" : {"format":"pt", "\u00e9\n\ud83d\ude00":"x"} ,
       "e\"": {"shape":[0,3], "dtype":"F32", "data_offsets":[0,0]} }
      """#
    let checkpoint = try Checkpoint(path: try folder.write(SafetensorsFile.raw(header), "a.safetensors"))
    #expect(checkpoint.metadata == ["format": "pt", "é\n😀": "x"])
    let entry = try #require(checkpoint["e\""])
    #expect(entry.count == 0)
    #expect(try entry.array().isEmpty)
  }

  @Test func hashIsThatOfTheFile() throws {
    let path = try folder.write(SafetensorsFile.raw("{}"), "a.safetensors")
    let hash = try Checkpoint(path: path).hash
    // printf '\x02\0\0\0\0\0\0\0{}' | sha256sum
    #expect(hash == "411a485216e432ece6b9af94fa32154cf79a2a56d4f81266baa50063f45092bd")
  }

  @Test func aMissingFileIsTheSystemsError() {
    expectError(containing: "nowhere.safetensors", "No such file") {
      _ = try Checkpoint(path: "nowhere.safetensors")
    }
  }
}
