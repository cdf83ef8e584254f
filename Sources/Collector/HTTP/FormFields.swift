/// The fields of a plain form, `application/x-www-form-urlencoded`.
struct FormFields {
  private var fields: [String: String] = [:]

  /// Reads a form's body. Throws ``IntakeFault`` if it is none, or if a field is there twice.
  init(_ body: [UInt8]) throws(IntakeFault) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = Self.text(parts[0]), let value = Self.text(parts[1]) else {
        throw .malformed(place: "form", reason: "the fields can't be read")
      }
      guard fields.updateValue(value, forKey: name) == nil else {
        throw .malformed(place: "form", reason: "\"\(name.prefix(40))\" is there twice")
      }
      guard fields.count <= 64 else { throw .malformed(place: "form", reason: "there are too many fields") }
    }
  }

  /// Takes a field out.
  mutating func take(_ name: String) -> String? { fields.removeValue(forKey: name) }

  /// Takes a field out that must be there. Throws ``IntakeFault``.
  mutating func need(_ name: String) throws(IntakeFault) -> String {
    guard let value = take(name) else { throw .malformed(place: name, reason: "is missing") }
    return value
  }

  /// What wasn't taken out.
  var rest: [String: String] { fields }

  /// Throws ``IntakeFault`` if something wasn't taken out.
  func end() throws(IntakeFault) {
    guard let name = fields.keys.sorted().first else { return }
    throw .malformed(place: "form", reason: "unknown field \"\(name.prefix(40))\"")
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    var decoded: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "+"): decoded.append(0x20)
      case UInt8(ascii: "%"):
        guard index + 2 <= bytes.endIndex, let high = digit(bytes[index]), let low = digit(bytes[index + 1])
        else { return nil }
        decoded.append(high << 4 | low)
        index += 2
      default: decoded.append(byte)
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
