/// Walks over JSON text a token at a time: objects, strings and lists of integers without sign.
struct JSONScanner {
  /// Where the text isn't what was expected, and why.
  struct Fault: Error {
    var offset: Int
    var reason: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  /// A scanner at the start of a text, which must outlive it.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// A fault at the current byte.
  func fault(_ reason: String) -> Fault { Fault(offset: offset, reason: reason) }

  /// Takes one punctuation mark, after white space.
  mutating func expect(_ mark: Unicode.Scalar) throws(Fault) {
    guard next() == UInt8(ascii: mark) else { throw fault("\"\(mark)\" expected") }
    offset += 1
  }

  /// Whether one more member of an object or list follows; takes the comma before it, or the closing mark.
  mutating func member(isFirst: Bool, close: Unicode.Scalar = "}") throws(Fault) -> Bool {
    if next() == UInt8(ascii: close) {
      offset += 1
      return false
    }
    if !isFirst { try expect(",") }
    return true
  }

  /// Takes a member's key and its colon.
  mutating func key() throws(Fault) -> String {
    let key = try string()
    try expect(":")
    return key
  }

  /// Nothing but white space may follow.
  mutating func end() throws(Fault) {
    guard next() == nil else { throw fault("text after the end") }
  }

  /// Takes a list of integers.
  mutating func integers() throws(Fault) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    while try member(isFirst: numbers.isEmpty, close: "]") { numbers.append(try integer()) }
    return numbers
  }

  /// Deeper nesting than this no header or index has, and skipping recurses.
  private static let greatestDepth = 64

  /// Takes a value of any kind, unread.
  mutating func skip(depth: Int = 0) throws(Fault) {
    guard depth < Self.greatestDepth else { throw fault("nests deeper than \(Self.greatestDepth)") }
    switch next() {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"):
      try expect("{")
      var first = true
      while try member(isFirst: first) {
        first = false
        _ = try key()
        try skip(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try expect("[")
      var first = true
      while try member(isFirst: first, close: "]") {
        first = false
        try skip(depth: depth + 1)
      }
    default: try skipWord()
    }
  }

  /// Takes a number, `true`, `false` or `null`.
  private mutating func skipWord() throws(Fault) {
    let start = offset
    while offset < bytes.count, Self.isOfWord(bytes[offset]) { offset += 1 }
    let word = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard ["true", "false", "null"].contains(word) || Double(word) != nil else {
      offset = start
      throw fault("a value expected")
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func integer() throws(Fault) -> Int {
    var value = 0
    let start = (next(), offset).1
    while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset]) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, exceeds) = product.addingReportingOverflow(Int(bytes[offset] - UInt8(ascii: "0")))
      guard !overflows, !exceeds else { throw fault("the number is too large") }
      value = sum
      offset += 1
    }
    guard offset > start else { throw fault("an integer without sign expected") }
    guard offset == start + 1 || bytes[start] != UInt8(ascii: "0") else { throw fault("a leading zero") }
    return value
  }

  /// Takes a string, its escapes resolved.
  mutating func string() throws(Fault) -> String {
    try expect("\"")
    var units: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else {
          throw fault("a string that isn't UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): units += try escape()
      case 0..<0x20: throw fault("a control character in a string")
      default: units.append(byte)
      }
    }
    throw fault("a string without end")
  }

  private mutating func escape() throws(Fault) -> [UInt8] {
    guard offset < bytes.count else { throw fault("a string without end") }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
          bytes[offset + 1] == UInt8(ascii: "u")
        else { throw fault("half a surrogate pair") }
        offset += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
      return Array(String(Character(scalar)).utf8)
    default: throw fault("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard offset < bytes.count, let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue,
        bytes[offset] < 0x80
      else { throw fault("four hexadecimal digits expected") }
      code = code << 4 | UInt32(digit)
      offset += 1
    }
    return code
  }

  /// The next byte that isn't white space, not taken.
  private mutating func next() -> UInt8? {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return bytes[offset]
      }
    }
    return nil
  }
}
