import Testing

@testable import Study

@Suite struct CSVTableTests {
  /// Whoever opens the table in a spreadsheet mustn't run what a participant wrote.
  @Test func formulas() {
    var table = CSVTable("words", "a word", columns: [("word", ""), ("n", "")])
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =x", "=HYPERLINK(\"x\")", "＝1", "|x"] {
      table.append([.text(text), .count(1)])
    }
    let lines = table.text.split(separator: "\n").dropFirst()
    #expect(lines.count == 9 && lines.allSatisfy { $0.hasPrefix("'") || $0.hasPrefix("\"'") })
    #expect(lines.contains("\"'=HYPERLINK(\"\"x\"\")\",1"))
  }

  @Test func fields() {
    var table = CSVTable("t", "", columns: [("a", ""), ("b", ""), ("c", ""), ("d", "")])
    table.append([.number(0.1), .number(.nan), .optional(nil as Double?), .count(-3)])
    table.append([.optional("x")])
    #expect(table.text == "a,b,c,d\n0.1,,,-3\nx,,,\n")
  }
}
