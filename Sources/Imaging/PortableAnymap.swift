import Foundation

/// Netpbm's portable bitmaps, graymaps and pixmaps: `P1` to `P6`, as text or as bytes, of any greatest value.
///
/// Values are scaled to 8 bits as PIL does, v·255 / greatest rounded to nearest (ties to even). Gray of 16 bits is
/// scaled likewise, where PIL's `convert("RGB")` would turn all but the darkest into white.
struct PortableAnymap {
  private let bytes: UnsafeRawBufferPointer
  private var position = 2
  private let kind: Kind

  /// What the two first bytes say.
  private struct Kind {
    let channels: Int
    let isBitmap: Bool
    let isText: Bool
  }

  /// Whether a file begins as one of them does: `P`, a digit from 1 to 6, then a space or a comment.
  static func isOne(_ file: UnsafeRawBufferPointer) -> Bool {
    file.count > 2 && file[0] == UInt8(ascii: "P")
      && (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(file[1])
      && (isSpace(file[2]) || file[2] == UInt8(ascii: "#"))
  }

  /// Decodes a file for which ``isOne(_:)`` holds.
  static func decode(_ file: UnsafeRawBufferPointer, alpha: Bool) throws(ImageError) -> Image {
    var reader = PortableAnymap(file)
    let image = try reader.image()
    return alpha ? image.withAlpha(1) : image
  }

  private init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    let digit = Int(bytes[1] - UInt8(ascii: "0"))
    kind = Kind(channels: digit % 3 == 0 ? 3 : 1, isBitmap: digit % 3 == 1, isText: digit <= 3)
  }

  private mutating func image() throws(ImageError) -> Image {
    let width = try number("width", most: Int(UInt32.max))
    let height = try number("height", most: Int(UInt32.max))
    try Image.checkSize(width: UInt32(width), height: UInt32(height))
    let greatest = kind.isBitmap ? 1 : try number("greatest value", most: 65535)
    guard greatest > 0 else { throw Self.fault("its greatest value is 0") }
    let count = width * height * kind.channels
    // A line of text and a byte hold at least one value each, a byte of a bitmap eight: known before memory is taken.
    let perByte = kind.isBitmap && !kind.isText ? 8 : 1
    guard count / perByte <= bytes.count else { throw Self.truncated }
    let values = try kind.isText ? text(count, greatest) : binary(count, width, greatest)
    var pixels = values
    if kind.channels == 1 { pixels = values.flatMap { [$0, $0, $0] } }
    return Image(width: width, height: height, channels: 3, interleaved: pixels)
  }

  // MARK: Values

  private mutating func text(_ count: Int, _ greatest: Int) throws(ImageError) -> [UInt8] {
    var values: [UInt8] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      let value = kind.isBitmap ? try bit() : try number("value", most: greatest)
      values.append(kind.isBitmap ? (value == 1 ? 0 : 255) : Self.scaled(value, greatest))
    }
    return values
  }

  private mutating func binary(_ count: Int, _ width: Int, _ greatest: Int) throws(ImageError) -> [UInt8] {
    guard position < bytes.count, Self.isSpace(bytes[position]) else { throw Self.truncated }
    let start = position + 1
    if kind.isBitmap {
      let rowBytes = (width + 7) / 8
      guard start + count / width * rowBytes <= bytes.count else { throw Self.truncated }
      return (0..<count).map { index in
        let (row, column) = index.quotientAndRemainder(dividingBy: width)
        let byte = bytes[start + row * rowBytes + column / 8]
        return byte >> UInt8(7 - column % 8) & 1 == 1 ? 0 : 255
      }
    }
    let size = greatest > 255 ? 2 : 1
    guard start + count * size <= bytes.count else { throw Self.truncated }
    return (0..<count).map { index in
      let at = start + index * size
      let value = size == 2 ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : Int(bytes[at])
      return Self.scaled(min(value, greatest), greatest)
    }
  }

  private static func scaled(_ value: Int, _ greatest: Int) -> UInt8 {
    greatest == 255
      ? UInt8(value) : UInt8((Double(value) / Double(greatest) * 255).rounded(.toNearestOrEven))
  }

  // MARK: Text

  /// The next number, after spaces and comments.
  private mutating func number(_ what: String, most: Int) throws(ImageError) -> Int {
    skipSpace()
    var value = 0
    let start = position
    while position < bytes.count, (48...57).contains(bytes[position]) {
      value = value * 10 + Int(bytes[position] - 48)
      position += 1
      guard value <= most else { throw Self.fault("its \(what) is more than \(most)") }
    }
    guard position > start else {
      throw position < bytes.count
        ? Self.fault("its \(what), at byte \(position), is no number") : Self.truncated
    }
    return value
  }

  /// The next digit of a bitmap in text, where none need stand between two of them.
  private mutating func bit() throws(ImageError) -> Int {
    skipSpace()
    guard position < bytes.count else { throw Self.truncated }
    defer { position += 1 }
    switch bytes[position] {
    case 48: return 0
    case 49: return 1
    default: throw Self.fault("byte \(position) is neither 0 nor 1")
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
      } else if Self.isSpace(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func fault(_ reason: String) -> ImageError {
    ImageError(path: nil, action: "read", reason: reason)
  }

  private static var truncated: ImageError { fault("the file is truncated") }
}
