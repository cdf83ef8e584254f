import Foundation

/// Numbers and dates as a wall label writes them, the same on every machine. No line breaks between a number and its unit.
enum Format {
  /// `98 %`, `4.2 %`, `< 0.1 %`; never a rounded-up 100.
  static func percent(_ part: Double) -> String {
    let value = part * 100
    guard value.isFinite else { return "–" }
    if value >= 99.95 { return part == 1 ? "100\u{A0}%" : ">\u{A0}99.9\u{A0}%" }
    if value >= 10 { return "\(decimal(value, value >= 99 ? 1 : 0))\u{A0}%" }
    if value >= 0.1 { return "\(decimal(value, 1))\u{A0}%" }
    return value == 0 ? "0\u{A0}%" : "<\u{A0}0.1\u{A0}%"
  }

  /// A number with a fixed number of decimals and a real minus sign.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "–" }
    let text = printed("%.*f", Int32(digits), value)
    let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
    if text.hasPrefix("-") { return isZero ? String(text.dropFirst()) : "−" + text.dropFirst() }
    return text
  }

  /// A number by C's rules: the program sets no locale, and Foundation's way takes a hundred times as long.
  private static func printed(_ format: String, _ digits: Int32, _ value: Double) -> String {
    withVaList([digits, value]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let count = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(Int(max(0, count))).map(UInt8.init(bitPattern:)), as: UTF8.self)
      }
    }
  }

  /// Three significant digits: `12.3`, `0.0456`, `1230`.
  static func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "–" }
    let magnitude = Int(log10(abs(value)).rounded(.down))
    if magnitude < -5 { return printed("%.*e", 2, value) }
    return decimal(value, min(6, max(0, 2 - magnitude)))
  }

  /// `1,605,888`
  static func count(_ value: Int) -> String {
    var digits = Array(String(abs(value)))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return (value < 0 ? "−" : "") + String(digits)
  }

  /// `4.2 s`, `3 min 05 s`, `2 h 10 min`
  static func seconds(_ value: Double) -> String {
    if value < 10 { return "\(decimal(value, 1))\u{A0}s" }
    let whole = Int(value.rounded())
    if whole < 60 { return "\(whole)\u{A0}s" }
    let padded = { (part: Int) in part < 10 ? "0\(part)" : "\(part)" }
    if whole < 3600 { return "\(whole / 60)\u{A0}min\u{A0}\(padded(whole % 60))\u{A0}s" }
    return "\(whole / 3600)\u{A0}h\u{A0}\(padded(whole % 3600 / 60))\u{A0}min"
  }

  /// `21 November 2026` from `2026-11-21T07:12:31Z`; anything else as it is.
  static func date(_ iso: String) -> String {
    let parts = iso.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return iso }
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
  }

  /// `24 kB`
  static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count)\u{A0}bytes" }
    if count < 1_000_000 { return "\(decimal(Double(count) / 1000, count < 10_000 ? 1 : 0))\u{A0}kB" }
    return "\(decimal(Double(count) / 1_000_000, 1))\u{A0}MB"
  }
}
