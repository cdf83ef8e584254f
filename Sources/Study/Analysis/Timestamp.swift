/// Times of rows, `2026-11-22T09:05:01.250Z`, as seconds.
enum Timestamp {
  /// Seconds since 1970, or `nil` for a text of another form.
  static func seconds(_ text: String) -> Double? {
    guard EventForm.isTime(text) else { return nil }
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    // Years that begin in March have their leap day at the end.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    // March 1, year 0 to January 1, 1970 are 719,468 days. No study is older than the year 0.
    let days =
      shifted * 365 + floor(shifted, 4) - floor(shifted, 100) + floor(shifted, 400) + dayOfYear - 719_468
    let time = number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
    return Double(days * 86_400 + time) + Double(number(20..<23)) / 1000
  }

  private static func floor(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}
