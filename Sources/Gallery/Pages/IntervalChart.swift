/// Values with intervals, a row each, and a line for what chance gives. The page shows the same figures as a table.
struct IntervalChart {
  struct Row {
    let name: String
    let value: Double
    let interval: ClosedRange<Double>?
  }

  /// What the drawing says to those who can't see it.
  let title: String
  let rows: [Row]
  let range: ClosedRange<Double>
  /// What guessing gives.
  var chance: Double?

  private let width = 640.0
  private let label = 210.0
  private let right = 24.0
  private let band = 40.0
  private let bottom = 28.0

  var svg: HTML {
    let height = Double(rows.count) * band + bottom
    let ground = height - bottom
    func x(_ value: Double) -> Double {
      label + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (width - label - right)
    }
    var parts: [String] = []
    for tick in Drawing.ticks(over: range) {
      parts.append(Drawing.line("rule", x(tick), 0, x(tick), ground))
      parts.append(Drawing.text(Format.percent(tick), x(tick), height - 8, anchor: "middle"))
    }
    if let chance { parts.append(Drawing.line("mean", x(chance), 0, x(chance), ground)) }
    for (index, row) in rows.enumerated() {
      let middle = (Double(index) + 0.5) * band
      parts.append(Drawing.text(row.name, label - 12, middle + 5, anchor: "end", limit: 26))
      if let interval = row.interval {
        parts.append(Drawing.line("spread", x(interval.lowerBound), middle, x(interval.upperBound), middle))
      }
      parts.append(
        "<circle class=\"median\" cx=\"\(Drawing.number(x(row.value)))\" cy=\"\(Drawing.number(middle))\" r=\"6\"/>"
      )
    }
    return Drawing.svg(width, height, title, parts)
  }
}
