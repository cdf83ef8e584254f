/// What share of ratings has which value, a bar a row. The page shows the same figures as a table.
struct StackChart {
  struct Row {
    let name: String
    /// How many ratings there are of each value, from the lowest.
    let counts: [Int]
  }

  /// What the drawing says to those who can't see it.
  let title: String
  let rows: [Row]

  private let width = 640.0
  private let label = 210.0
  private let right = 16.0
  private let band = 40.0

  var svg: HTML {
    var parts: [String] = []
    for (index, row) in rows.enumerated() {
      let top = Double(index) * band + 6
      parts.append(Drawing.text(row.name, label - 12, top + 19, anchor: "end", limit: 26))
      let sum = max(1, row.counts.reduce(0, +))
      var x = label
      for (place, count) in row.counts.enumerated() where count > 0 {
        let share = Double(count) / Double(sum)
        let part = share * (width - label - right)
        parts.append(
          "<rect class=\"level level-\(place + 1)\" x=\"\(Drawing.number(x))\" y=\"\(Drawing.number(top))\" width=\"\(Drawing.number(part))\" height=\"\(Drawing.number(band - 12))\"/>"
        )
        // A figure that would touch the edges of its part is left to the table.
        if part > 44 {
          parts.append(
            Drawing.text(
              Format.percent(share), x + part / 2, top + 19, anchor: "middle",
              kind: place >= 4 ? "tick over-dark" : "tick over-light"))
        }
        x += part
      }
    }
    return Drawing.svg(width, Double(rows.count) * band + 2, title, parts)
  }
}
