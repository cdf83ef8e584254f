import Testing

@testable import Study

@Suite struct JSONValueTests {
  private func read(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8, place: "body") }

  @Test func readsAndWritesItsOneForm() throws {
    let text = #" { "b" : [ 1, -0.5e+3, true, null ], "a" : "\u00e9\ud83d\ude00\/\n\u0001\"" } "#
    #expect(try read(text).canonical == #"{"a":"é😀/\n\u0001\"","b":[1,-0.5e+3,true,null]}"#)
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", "-", "1e", "+1", "tru", "nul", "\"",
    "\"\t\"",
    "\"\\x\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\u+123\"", "\"\\u12", "1 2", "{1:2}",
    "[1 2]",
    "NaN", "'a'", "{\"a\" 1}", "// \n1",
  ])
  func refusesWhatIsNone(_ text: String) {
    #expect(throws: StudyError.self) { try read(text) }
  }

  @Test func refusesBytesThatAreNoTextAndDepthWithoutEnd() {
    #expect(throws: StudyError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22], place: "body") }
    #expect(throws: StudyError.self) { try read(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: Never.self) {
      try read(String(repeating: "[", count: 20) + String(repeating: "]", count: 20))
    }
  }
}
