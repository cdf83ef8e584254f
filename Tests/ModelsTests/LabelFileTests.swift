import Foundation
import Testing

@testable import Models

@Suite struct LabelFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    "zebra\nwhite shark\n", "zebra\r\n white shark \r\n\r\n", #" ["zebra", "white shark"]"#,
    #"{"1": "white shark", "0": "zebra"}"#,
    #"{"0": ["n02391049", "zebra"], "1": ["n01484850", "white_shark"]}"#,
  ])
  func linesAndLists(_ text: String) throws {
    #expect(try LabelFile.read(try folder.write(text, "labels.txt")) == ["zebra", "white shark"])
  }

  @Test(
    arguments: zip(
      [
        "", "\n\n", "zebra\n\nshark\n", "[1, 2]", "[\"a\"", "[]", "{}", "{\"0\": 1}", "{\"0\": []}",
        "{\"0\": \"a\", \"2\": \"b\"}",
      ],
      [
        "no labels", "no labels", ":2: an empty line", "not a JSON list", "not a JSON list", "no labels",
        "no labels",
        "not a JSON object", "not a JSON object", "none has the number 1",
      ]))
  func faults(_ text: String, _ message: String) throws {
    let path = try folder.write(text, "labels.txt")
    expectError(containing: path, message) { _ = try LabelFile.read(path) }
  }

  @Test func binaryIsRefused() throws {
    let path = try folder.write(Data([0x80, 0x81]), "labels.txt")
    expectError(containing: path, "UTF-8") { _ = try LabelFile.read(path) }
  }
}
