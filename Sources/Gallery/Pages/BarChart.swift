import Foundation

/// How often values fall into ranges of equal width, as a drawing. The page shows the same figures as a table.
struct BarChart {
  /// What the drawing says to those who can't see it.
  let title: String
  /// Where the first range begins.
  let start: Double
  /// How wide each is.
  let width: Double
  /// How many values are in each.
  let counts: [Int]
  let mean: Double

  private let full = (width: 640.0, height: 260.0)
  private let left = 64.0
  private let right = 16.0
  private let bottom = 36.0
  private let top = 28.0

  init(title: String, start: Double, width: Double, counts: [Int], mean: Double) {
    self.title = title
    self.start = start
    self.width = width
    self.counts = counts
    self.mean = mean
  }

  /// The lower edge of a range, with as many decimals as tell it from the next.
  func edge(_ index: Int) -> String {
    let digits = width > 0 ? min(10, max(0, 2 - Int(log10(width).rounded(.down)))) : 0
    return Format.decimal(start + Double(index) * width, digits)
  }

  /// Numbers of a drawing, in which a minus sign is a hyphen.
  private func number(_ value: Double) -> String { Drawing.number(value) }

  var svg: HTML {
    let most = max(1, counts.max() ?? 1)
    let step = (full.width - left - right) / Double(max(1, counts.count))
    let ground = full.height - bottom
    func y(_ count: Int) -> Double { ground - Double(count) / Double(most) * (ground - top) }
    var parts: [String] = []
    for count in [0, most] {
      parts.append(
        "<line class=\"rule\" x1=\"\(number(left))\" x2=\"\(number(full.width - right))\" y1=\"\(number(y(count)))\" y2=\"\(number(y(count)))\"/>"
      )
      parts.append(
        "<text class=\"tick\" x=\"\(number(left - 8))\" y=\"\(number(y(count)))\" dy=\"5\" text-anchor=\"end\">\(Format.count(count))</text>"
      )
    }
    for (index, count) in counts.enumerated() where count > 0 {
      parts.append(
        "<rect class=\"column\" x=\"\(number(left + Double(index) * step))\" y=\"\(number(y(count)))\" width=\"\(number(max(1, step - 1)))\" height=\"\(number(ground - y(count)))\"/>"
      )
    }
    for (place, anchor) in [(0, "start"), (counts.count, "end")] {
      parts.append(
        "<text class=\"tick\" x=\"\(number(left + Double(place) * step))\" y=\"\(number(full.height - 10))\" text-anchor=\"\(anchor)\">\(edge(place))</text>"
      )
    }
    let share = width > 0 ? (mean - start) / width / Double(max(1, counts.count)) : 0
    let x = left + min(1, max(0, share)) * (full.width - left - right)
    parts.append(
      "<line class=\"mean\" x1=\"\(number(x))\" x2=\"\(number(x))\" y1=\"\(number(top - 6))\" y2=\"\(number(ground))\"/>"
    )
    parts.append(
      "<text class=\"tick\" x=\"\(number(x))\" y=\"\(number(top - 12))\" text-anchor=\"\(share > 0.5 ? "end" : "start")\">mean \(Format.significant(mean))</text>"
    )
    return HTML(
      """
      <svg class="chart" viewBox="0 0 \(Int(full.width)) \(Int(full.height))" role="img" aria-label="\(Markup.text(title))">
      \(parts.joined(separator: "\n"))
      </svg>
      """)
  }
}
