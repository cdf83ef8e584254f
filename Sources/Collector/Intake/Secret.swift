import Foundation
import Support

/// What only a participant knows. The database has the digests.
enum Secret {
  /// 128 random bits as 32 hexadecimal digits: it lets a participant answer.
  static func token() -> String { hexadecimal(bytes: 16) }

  /// 64 random bits as 16 hexadecimal digits, for what is no secret: participants and sessions.
  static func identity() -> String { hexadecimal(bytes: 8) }

  /// A random UUID in lower case.
  static func eventID() -> String { UUID().uuidString.lowercased() }

  /// 60 random bits in Crockford's base 32, which people can copy by hand: `7KQX-2M9D-04TW`. It withdraws a
  /// participant's answers.
  static func withdrawalCode() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<12).map { _ in alphabet[Int(generator.next() & 31)] }
    return [digits[0..<4], digits[4..<8], digits[8..<12]].map { String($0) }.joined(separator: "-")
  }

  /// A code as a person may have written it, in its one form; `nil` if it can't be one.
  static func withdrawalCode(written text: String) -> String? {
    guard text.utf8.count <= 64 else { return nil }
    let digits: [Character] = text.uppercased().compactMap { character in
      switch character {
      case "-", " ": nil
      case "O": "0"
      case "I", "L": "1"
      default: character
      }
    }
    guard digits.count == 12, digits.allSatisfy(alphabet.contains) else { return nil }
    return [digits[0..<4], digits[4..<8], digits[8..<12]].map { String($0) }.joined(separator: "-")
  }

  /// The digest under which a secret is kept. Both kinds are random and long, so that no salt is needed.
  static func digest(_ secret: String) -> String { Digest.sha256(secret) }

  /// Whether a text has the form of a token.
  static func isToken(_ text: String) -> Bool {
    text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func hexadecimal(bytes: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<bytes / 8).map { _ in
      let digits = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
