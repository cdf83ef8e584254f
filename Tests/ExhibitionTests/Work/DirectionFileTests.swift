import Checkpoints
import Foundation
import Support
import Testing

@testable import Exhibition

@Suite struct DirectionFileTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func npy(_ values: [Float], _ shape: [Int]) throws -> String {
    let path = place.path + "/directions.npy"
    try NumpyWriter.data(values, shape: shape).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// A `.safetensors` file of single-precision tensors.
  private func safetensors(_ tensors: [(name: String, shape: [Int], values: [Float])]) throws -> String {
    var entries: [String] = []
    var data = Data()
    for tensor in tensors {
      let start = data.count
      for value in tensor.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(start),\(data.count)]}"
      )
    }
    let header = Data("{\(entries.joined(separator: ","))}".utf8)
    var file = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
    file.append(header)
    file.append(data)
    let path = place.path + "/directions.safetensors"
    try file.write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func readsOneOrSeveral() throws {
    #expect(try DirectionFile(path: npy([1, 0, 2], [3])).directions == [[1, 0, 2]])
    #expect(
      try DirectionFile(path: npy([1, 0, 2, 0, -1, 0], [2, 3])).directions == [[1, 0, 2], [0, -1, 0]])
    let path = try safetensors([("a", [2], [1, 2]), ("b", [1, 2], [3, 4])])
    #expect(try DirectionFile(path: path, tensor: "b").directions == [[3, 4]])
  }

  private func message(_ path: String, _ tensor: String? = nil) -> String {
    do {
      _ = try DirectionFile(path: path, tensor: tensor)
      return ""
    } catch { return "\(error)" }
  }

  @Test func saysWhatIsWrong() throws {
    #expect(
      message(try npy([1, 2, 3, 4], [1, 2, 2])).contains("an array of shape [1, 2, 2] can't be directions"))
    #expect(message(try npy([1, 0, 0, 0], [2, 2])).contains("direction 1 must have finite weights"))
    #expect(message(try npy([1, .nan], [2])).contains("direction 0 must have finite weights"))
    #expect(
      message(try npy([Float](repeating: 1, count: 257), [257, 1])).contains("there are 257 directions"))
    for shape in [[0], [0, 3]] { #expect(!message(try npy([], shape)).isEmpty) }
    let path = try safetensors([("stripes", [2], [1, 2]), ("dots", [2], [3, 4])])
    #expect(message(path).contains("there are 2 tensors; say which by \"tensor\": stripes, dots"))
    #expect(message(path, "stripe").contains("there is no tensor \"stripe\"; did you mean \"stripes\"?"))
    try Data("no numbers".utf8).write(to: URL(fileURLWithPath: path))
    #expect(!message(path).isEmpty)
  }
}
