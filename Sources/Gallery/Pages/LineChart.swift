/// Lines over steps, as a drawing. The page shows the same figures as a table.
struct LineChart {
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
  }

  let title: String
  let lines: [Line]
  /// The vertical range; taken from the points if `nil`.
  var range: ClosedRange<Double>?
  var isProbability = false
  /// What stands below the first and the last place; steps if `nil`.
  var ends: (first: String, last: String)?

  private let width = 640.0
  private let height = 260.0
  private let left = 64.0
  private let bottom = 36.0
  private let top = 16.0

  var svg: HTML {
    let points = lines.flatMap(\.points)
    let last = max(points.map(\.x).max() ?? 1, 1)
    let lower = range?.lowerBound ?? points.map(\.y).min() ?? 0
    let upper = range?.upperBound ?? points.map(\.y).max() ?? 1
    let span = upper > lower ? upper - lower : 1
    let place = { (x: Double, y: Double) -> (String, String) in
      (
        Drawing.number(left + x / last * (width - left - 16)),
        Drawing.number(top + (1 - (y - lower) / span) * (height - top - bottom))
      )
    }
    var parts: [String] = []
    for step in 0...2 {
      let value = lower + span * Double(step) / 2
      let y = place(0, value).1
      let label = isProbability ? Format.percent(value) : Format.significant(value)
      parts.append(
        "<line class=\"rule\" x1=\"\(Int(left))\" x2=\"\(Int(width - 16))\" y1=\"\(y)\" y2=\"\(y)\"/>")
      parts.append(
        "<text class=\"tick\" x=\"\(Int(left - 8))\" y=\"\(y)\" dy=\"5\" text-anchor=\"end\">\(Markup.text(label))</text>"
      )
    }
    for x in [0, last] {
      let label = x == 0 ? ends?.first ?? "step 0" : ends?.last ?? Format.count(Int(x))
      parts.append(
        "<text class=\"tick\" x=\"\(place(x, lower).0)\" y=\"\(Int(height - 10))\" text-anchor=\"\(x == 0 ? "start" : "end")\">\(Markup.text(label))</text>"
      )
    }
    for (index, line) in lines.enumerated() {
      let path = line.points.map { point in
        let (x, y) = place(point.x, point.y)
        return "\(x),\(y)"
      }
      parts.append("<polyline class=\"line line-\(index + 1)\" points=\"\(path.joined(separator: " "))\"/>")
    }
    let names = lines.map(\.name).joined(separator: " and ")
    return HTML(
      """
      <svg class="chart" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-label="\(Markup.text("\(title): \(names)"))">
      \(parts.joined(separator: "\n"))
      </svg>
      """)
  }
}
