import Support

/// The header of NumPy's array format, versions 1 to 3: magic, version, length, and a Python dictionary of type, order
/// and extents, padded with spaces.
struct NumpyHeader {
  /// Why a header makes no sense.
  struct Fault: Error {
    let reason: String
  }

  let type: ElementType
  let isBigEndian: Bool
  /// Whether the first extent runs fastest.
  let isFortran: Bool
  let shape: [Int]
  /// Bytes before the numbers.
  let size: Int

  /// Longest header that is read: arrays of numbers need a line.
  static let greatestSize = 1 << 14
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether bytes start as an array.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// Reads a header at the start of some bytes. Throws ``Fault``.
  init(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
    guard Self.recognizes(bytes) else { throw Fault(reason: "is no array of NumPy") }
    var cursor = ByteCursor(bytes, at: Self.magic.count)
    let truncated = Fault(reason: "its header is truncated")
    guard let major = cursor.number(UInt8.self), cursor.number(UInt8.self) != nil else { throw truncated }
    let length: Int?
    switch major {
    case 1: length = cursor.number(UInt16.self).map { Int($0) }
    case 2, 3: length = cursor.number(UInt32.self).map { Int($0) }
    default: throw Fault(reason: "version \(major) of NumPy's format isn't understood; 1 to 3 are")
    }
    guard let length else { throw truncated }
    guard length <= Self.greatestSize else {
      throw Fault(reason: "announces a header of \(length) bytes; at most \(Self.greatestSize) are allowed")
    }
    guard let text = cursor.take(length) else { throw truncated }
    size = cursor.offset
    var scanner = PythonScanner(text)
    let values = try scanner.header()
    (type, isBigEndian) = try Self.type(values.type)
    isFortran = values.isFortran
    shape = values.shape
  }

  /// Steps along each extent.
  var strides: [Int]? {
    guard isFortran else { return nil }
    var (strides, step) = ([Int](), 1)
    for extent in shape {
      strides.append(step)
      // The layout refuses shapes that overflow.
      step = step.multipliedReportingOverflow(by: max(1, extent)).partialValue
    }
    return strides
  }

  /// A type such as `<f4`: order of bytes, kind, bytes.
  private static func type(_ text: String) throws(Fault) -> (ElementType, isBigEndian: Bool) {
    let types: [String: ElementType] = [
      "f2": .float16, "f4": .float32, "f8": .float64, "b1": .bool, "i1": .int8, "i2": .int16, "i4": .int32,
      "i8": .int64, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "c8": .complex64,
      "c16": .complex128,
      // NumPy has no bfloat16; JAX writes its own as two bytes without type.
      "V2": .bfloat16,
    ]
    guard let order = text.first, "<>|=".contains(order), let type = types[String(text.dropFirst())] else {
      throw Fault(
        reason: text.hasSuffix("O") || text.hasPrefix("O")
          ? "holds Python objects, which would have to be run: refused"
          : "numbers of type \"\(text)\" aren't understood")
    }
    return (type, order == ">")
  }
}
