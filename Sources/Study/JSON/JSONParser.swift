/// A strict reader of JSON (RFC 8259): UTF-8, no name twice, no half of a surrogate pair, bounded depth.
struct JSONParser {
  private let bytes: [UInt8]
  private let place: String
  private var position = 0
  private static let deepest = 24

  init(bytes: [UInt8], place: String) {
    self.bytes = bytes
    self.place = place
  }

  /// The value that fills the text.
  mutating func whole() throws(StudyError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw fault("something follows the value") }
    return value
  }

  private func fault(_ reason: String) -> StudyError {
    .malformed(place: place, reason: "no JSON: \(reason) (byte \(position))")
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(character.value) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(StudyError) -> JSONValue {
    guard depth < Self.deepest else { throw fault("it is nested too deep") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(let byte) where byte == UInt8(ascii: "-") || Self.isDigit(byte): return .number(try number())
    case .some: throw fault("no value begins so")
    case nil: throw fault("it ends too early")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(StudyError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("no value begins so") }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(StudyError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is missing") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw fault("a colon is missing after a name") }
      let value = try value(depth: depth + 1)
      guard members.updateValue(value, forKey: name) == nil else {
        throw fault("a name is there twice in one object")
      }
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw fault("an object isn't closed") }
    }
  }

  private mutating func array(depth: Int) throws(StudyError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw fault("a list isn't closed") }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private mutating func digits() throws(StudyError) {
    let start = position
    while let byte = next, Self.isDigit(byte) { position += 1 }
    guard position > start else { throw fault("a number lacks a digit") }
  }

  private mutating func number() throws(StudyError) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func string() throws(StudyError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("a text isn't UTF-8") }
        return string
      case UInt8(ascii: "\\"): try escape(&text)
      case 0..<0x20: throw fault("a control character stands in a text")
      default: text.append(byte)
      }
    }
    throw fault("a text isn't closed")
  }

  private mutating func escape(_ text: inout [UInt8]) throws(StudyError) {
    guard let byte = next else { throw fault("a text isn't closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += Array(String(Character(try escapedScalar())).utf8)
    default: throw fault("there is no such escape")
    }
  }

  private mutating func escapedScalar() throws(StudyError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else {
      throw fault("half of a surrogate pair")
    }
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(UInt16(second)),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault("half of a surrogate pair") }
    return scalar
  }

  private mutating func codeUnit() throws(StudyError) -> UInt32 {
    guard position + 4 <= bytes.count, bytes[position..<position + 4].allSatisfy({ $0 != UInt8(ascii: "+") }),
      let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits are missing") }
    position += 4
    return unit
  }
}
