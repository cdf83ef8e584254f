/// The forms that the fields of answers and rows have, whatever the study.
public enum EventForm {
  /// Times of a trial: from none to a day.
  static let milliseconds = 0...86_400_000
  /// How often a question may be answered.
  static let attempts = 1...10_000

  /// 16 hexadecimal digits.
  public static func isParticipant(_ text: String) -> Bool { text.utf8.count == 16 && isHexadecimal(text) }

  /// 16 hexadecimal digits.
  public static func isSession(_ text: String) -> Bool { text.utf8.count == 16 && isHexadecimal(text) }

  /// A SHA-256 as 64 hexadecimal digits.
  public static func isDigest(_ text: String) -> Bool { text.utf8.count == 64 && isHexadecimal(text) }

  /// A UUID in lower case, `8-4-4-4-12` hexadecimal digits.
  public static func isEventID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { isHexadecimal($0) }
  }

  /// UTC with milliseconds as a browser writes it, `2026-11-22T09:05:01.250Z`.
  public static func isTime(_ text: String) -> Bool {
    let pattern = Array("0000-00-00T00:00:00.000Z".utf8)
    let bytes = Array(text.utf8)
    guard bytes.count == pattern.count else { return false }
    for (byte, expected) in zip(bytes, pattern)
    where expected == UInt8(ascii: "0") ? !isDigit(byte) : byte != expected { return false }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
    return (1...12).contains(number(5..<7)) && (1...31).contains(number(8..<10)) && number(11..<13) < 24
      && number(14..<16) < 60 && number(17..<19) <= 60
  }

  /// `1280x720`
  public static func isViewport(_ text: String) -> Bool {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { (1...5).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }
  }

  /// A short name in lower case that can stand in addresses and file names: letters, digits, single hyphens between.
  public static func isSlug(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return text.utf8.count <= 64
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { isDigit($0) || (0x61...0x7A).contains($0) }
      }
  }

  static func check(
    _ name: String, _ value: String, _ isRight: (String) -> Bool, place: String
  ) throws(StudyError) {
    guard isRight(value) else {
      throw .malformed(
        place: "\(place).\(name)", reason: "\"\(value.prefix(80))\" doesn't have the form of this field")
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
  }
}
