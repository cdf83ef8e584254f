/// How many of all gave an answer, a bar a row. The page shows the same figures as a table.
struct ShareChart {
  struct Row {
    let name: String
    let count: Int
  }

  /// What the drawing says to those who can't see it.
  let title: String
  let rows: [Row]
  /// How many there are in all, the length of a whole bar.
  let sum: Int

  private let width = 640.0
  private let label = 210.0
  /// Room for a figure behind a whole bar.
  private let right = 72.0
  private let band = 32.0

  init(title: String, rows: [Row], sum: Int) {
    self.title = title
    self.rows = rows
    self.sum = sum
  }

  var svg: HTML {
    let full = width - label - right
    var parts = [Drawing.line("rule", label, 0, label, Double(rows.count) * band)]
    for (index, row) in rows.enumerated() {
      let top = Double(index) * band + 5
      let share = Double(row.count) / Double(max(1, sum))
      parts.append(Drawing.text(row.name, label - 12, top + 16, anchor: "end", limit: 26))
      if row.count > 0 {
        parts.append(
          "<rect class=\"column\" x=\"\(Drawing.number(label))\" y=\"\(Drawing.number(top))\" width=\"\(Drawing.number(share * full))\" height=\"\(Drawing.number(band - 10))\"/>"
        )
      }
      parts.append(Drawing.text(Format.percent(share), label + share * full + 8, top + 16, anchor: "start"))
    }
    return Drawing.svg(width, Double(rows.count) * band, title, parts)
  }
}
