import Foundation
import Testing

@testable import Checkpoints

@Suite struct ShardIndexTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(SafetensorsFile.floats([("a", [2], [1, 2]), ("b", [1], [3])]), "one.safetensors")
    _ = try folder.write(SafetensorsFile.floats([("c", [1], [4])]), "two.safetensors")
  }

  static let whole = """
    {"metadata": {"total_size": 16, "nested": [1.5e3, null, {"x": true}]},
     "weight_map": {"a": "one.safetensors", "c": "two.safetensors", "b": "one.safetensors"}}
    """

  private func open(_ index: String) throws -> Checkpoint {
    try Checkpoint(path: try folder.write(Data(index.utf8), "model.safetensors.index.json"))
  }

  @Test func tensorsOfAllFilesAreRead() throws {
    let checkpoint = try open(Self.whole)
    #expect(checkpoint.format == .sharded)
    #expect(checkpoint.tensors.map(\.name) == ["a", "b", "c"])
    #expect(try checkpoint.tensors.map { try $0.array() } == [[1, 2], [3], [4]])
  }

  @Test func theHashIsOfTheWeightsNotOfTheIndex() throws {
    let hash = try open(Self.whole).hash
    #expect(try open(Self.whole + "\n").hash == hash)
    _ = try folder.write(SafetensorsFile.floats([("c", [1], [5])]), "two.safetensors")
    #expect(try open(Self.whole).hash != hash)
  }

  @Test(arguments: [
    (#"{"weight_map": {"a": "../one.safetensors"}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": "/etc/passwd"}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": "x/one.safetensors"}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": ".."}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": ""}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": "one.safetensors\u0000x"}}"#, "must be a file beside the index"),
    (#"{"weight_map": {"a": "three.safetensors"}}"#, "No such file"),
    (#"{"weight_map": {"a": "model.safetensors.index.json"}}"#, "is no safetensors file"),
    (#"{"weight_map": {"a": "one.safetensors"}}"#, "\"b\": isn't said to be in this file"),
    (#"{"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}"#, "\"b\": isn't said to be"),
    (
      #"{"weight_map": {"a": "one.safetensors", "b": "one.safetensors", "d": "one.safetensors"}}"#,
      "\"d\": is missing"
    ),
    (#"{"weight_map": {"a": "one.safetensors", "a": "two.safetensors"}}"#, "\"a\" stands twice"),
    (#"{"weight_map": {}, "weight_map": {}}"#, "stands twice"),
    (#"{"weight_map": {}}"#, "empty or missing"),
    (#"{"metadata": {}}"#, "empty or missing"),
    (#"{"weight_map": ["a"]}"#, "\"{\" expected"),
    (#"{"weight_map": {"a": 3}}"#, "expected"),
    (#"{"metadata": nonsense}"#, "a value expected"),
    (#"{"weight_map": {"a": "one.safetensors""#, "expected"),
    (#"{"weight_map": {}} {}"#, "text after the end"),
    ("{\"metadata\":" + String(repeating: "[", count: 100_000), "nests deeper than 64"),
  ]) func isRefusedWithItsReason(index: String, message: String) {
    expectError(containing: message) { _ = try open(index) }
  }

  @Test func aTensorInTwoFilesIsRefused() throws {
    _ = try folder.write(SafetensorsFile.floats([("a", [1], [4])]), "two.safetensors")
    expectError(containing: "two.safetensors", "\"a\"") {
      _ = try open(
        #"{"weight_map": {"a": "one.safetensors", "b": "one.safetensors", "c": "two.safetensors"}}"#)
    }
  }
}
