import Foundation
import Testing

@testable import Study

@Suite struct CSVReaderTests {
  private func read(_ text: String, separator: Character = ",") throws(StudyError) -> [[String]] {
    try CSVReader.records(Data(text.utf8), place: "data.csv", separator: separator).map(\.fields)
  }

  private func fault(_ bytes: [UInt8]) -> String? {
    do {
      _ = try CSVReader.records(Data(bytes), place: "data.csv")
      return nil
    } catch {
      return error.description
    }
  }

  private func fault(_ text: String) -> String? { fault(Array(text.utf8)) }

  @Test func tables() throws {
    #expect(try read("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try read("a,b\r\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try read("\u{FEFF}a,b\n\"x, \"\"y\"\"\nz\",\n\n\n") == [["a", "b"], ["x, \"y\"\nz", ""]])
    #expect(try read("a;b\n1;2,5\n", separator: ";") == [["a", "b"], ["1", "2,5"]])
    #expect(try read("ä,\u{1F600}") == [["ä", "\u{1F600}"]])
    #expect(try read("") == [] && read("\n\r\n") == [])
    #expect(try read("\"\"") == [[""]])
    #expect(try read(",") == [["", ""]])
  }

  @Test func linesOfTheFile() throws {
    let records = try CSVReader.records(Data("a,b\n\"1\n\n1\",2\n3,4\n".utf8), place: "data.csv")
    #expect(records.map(\.line) == [1, 2, 5])
  }

  @Test func faults() {
    #expect(fault("a,b\n1\n") == "data.csv:2: 1 field instead of 2")
    #expect(fault("a,b\n1,2,3\n") == "data.csv:2: 3 fields instead of 2")
    #expect(fault("a,b\n\n1,2\n") == "data.csv:2: 1 field instead of 2")
    #expect(fault("a\n\"b\nc") == "data.csv:2: the quote that begins here isn't closed")
    #expect(fault("a\n\"b\"c\n") == "data.csv:2: something stands after a closing quote")
    #expect(fault("a\nb\"c\n")?.hasPrefix("data.csv:2: a quote in a field") == true)
    #expect(fault("a\rb") == "data.csv:1: a carriage return without a line feed")
    #expect(fault("a\r") == "data.csv:1: a carriage return without a line feed")
    #expect(fault([0x61, 0x0A, 0xFF]) == "data.csv:2: not UTF-8; save the file as UTF-8")
    #expect(fault([0x61, 0x00]) == "data.csv:1: a zero byte; this is no text")
    #expect(fault([0xFF, 0xFE, 0x61, 0x00]) == "data.csv:1: the file is in UTF-16; save it as UTF-8")
    #expect(fault(String(repeating: ",", count: 2000)) == "data.csv:1: more than 1000 fields")
    #expect(
      fault("\"" + String(repeating: "x", count: CSVReader.longestField + 1))?.contains("more than") == true)
  }

  /// Any bytes give a table or an error, and never a trap.
  @Test func anyBytes() {
    var generator = SeededGenerator(seed: 11)
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xEF, 0xBB, 0xBF, 0x00, 0xC3]
    for _ in 0..<20_000 {
      let bytes = (0..<generator.index(below: 12)).map { _ in alphabet[generator.index(below: alphabet.count)]
      }
      _ = fault(bytes)
    }
  }

  /// What is written is read again.
  @Test func thereAndBack() throws {
    var table = CSVTable("t", "", columns: [("text", ""), ("number", "")])
    let texts = ["a", "a,b", "\"", "line\nend", "\r\n", "", "ä \u{1F600}", "a;b"]
    for text in texts { table.append([.text(text), .number(-1.5)]) }
    let records = try read(table.text)
    let expected: [String] = texts.map { $0 == "\r\n" ? "'\r\n" : $0 }
    let found: [String] = records.dropFirst().map { $0[0] }
    #expect(found == expected)
    #expect(records.dropFirst().allSatisfy { $0[1] == "-1.5" })
  }
}
