import Foundation

/// Parts of drawings.
enum Drawing {
  /// A place in a drawing, to a tenth. Thousands of charts have many: printing them by C's rules would take longer.
  static func number(_ value: Double) -> String {
    guard let tenths = Int(exactly: (value * 10).rounded()) else { return "0" }
    return "\(tenths < 0 ? "-" : "")\(abs(tenths / 10)).\(abs(tenths % 10))"
  }

  static func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    "<line class=\"\(kind)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
  }

  /// A text; one longer than `limit` characters is cut, as the table has it whole.
  static func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String, kind: String = "tick", limit: Int = .max
  ) -> String {
    let shown = text.count > limit ? text.prefix(limit - 1) + "…" : text
    return
      "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(Markup.text(String(shown)))</text>"
  }

  /// Round places over a range, ends included if they are round.
  static func ticks(over range: ClosedRange<Double>) -> [Double] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return [range.lowerBound] }
    let rough = span / 5
    let power = pow(10, rough == 0 ? 0 : (log10(rough)).rounded(.down))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? power * 10
    let first = (range.lowerBound / step - 1e-9).rounded(.up) * step
    return stride(from: first, through: range.upperBound + step * 1e-9, by: step).map { $0 }
  }

  static func label(_ tick: Double) -> String {
    let text = Format.decimal(tick, 3)
    // 0.200 is 0.2
    return text.contains(".")
      ? String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()) : text
  }

  static func svg(_ width: Double, _ height: Double, _ title: String, _ parts: [String]) -> HTML {
    HTML(
      """
      <svg class="chart" viewBox="0 0 \(number(width)) \(number(height))" role="img" aria-label="\(Markup.text(title))">
      \(parts.joined(separator: "\n"))
      </svg>
      """)
  }
}
