import Study

/// How scores are spread, a violin each: its width is the density, the thick line reaches from the 5 % to the 95 % quantile,
/// the dot is the median. The page shows the same figures as a table.
struct ViolinChart {
  struct Row {
    let name: String
    let summary: ScoreSummary
  }

  /// What the drawing says to those who can't see it.
  let title: String
  let rows: [Row]
  /// The values at the ends.
  let range: ClosedRange<Double>

  private let width = 640.0
  private let label = 210.0
  private let right = 16.0
  private let band = 56.0
  private let bottom = 28.0

  var svg: HTML {
    let height = Double(rows.count) * band + bottom
    let ground = height - bottom
    func x(_ value: Double) -> Double {
      label + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (width - label - right)
    }
    var parts: [String] = []
    let ticks = Drawing.ticks(over: range)
    for tick in ticks {
      parts.append(Drawing.line("rule", x(tick), 0, x(tick), ground))
      parts.append(Drawing.text(Drawing.label(tick), x(tick), height - 8, anchor: "middle"))
    }
    let most = rows.compactMap { $0.summary.violin.value?.densities.max() }.max() ?? 1
    for (index, row) in rows.enumerated() {
      let middle = (Double(index) + 0.5) * band
      parts.append(Drawing.text(row.name, label - 12, middle + 5, anchor: "end", limit: 26))
      if let violin = row.summary.violin.value { parts.append(outline(violin, middle, most, x)) }
      if let low = row.summary.quantile5, let high = row.summary.quantile95 {
        parts.append(Drawing.line("spread", x(low), middle, x(high), middle))
      }
      if let median = row.summary.median {
        parts.append(
          "<circle class=\"median\" cx=\"\(Drawing.number(x(median)))\" cy=\"\(Drawing.number(middle))\" r=\"5\"/>"
        )
      }
    }
    return Drawing.svg(width, height, title, parts)
  }

  private func outline(
    _ violin: ScoreSummary.Violin, _ middle: Double, _ most: Double, _ x: (Double) -> Double
  ) -> String {
    let count = violin.densities.count
    let places = (0..<count).map { index in
      violin.low + (violin.high - violin.low) * Double(index) / Double(max(1, count - 1))
    }
    let half = (band - 10) / 2
    // A density reaches beyond the scale, where nobody can answer.
    let shown = zip(places, violin.densities).filter { range.contains($0.0) }
    let above = shown.map { (x($0), middle - half * $1 / most) }
    let below = shown.map { (x($0), middle + half * $1 / most) }.reversed()
    let points = (above + below).map { "\(Drawing.number($0.0)),\(Drawing.number($0.1))" }
    return "<polygon class=\"violin\" points=\"\(points.joined(separator: " "))\"/>"
  }
}
