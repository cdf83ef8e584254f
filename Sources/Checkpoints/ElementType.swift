/// How a checkpoint stores a number. The raw value is the word of the safetensors format.
public enum ElementType: String, Sendable, CaseIterable {
  /// A truth value in a byte.
  case bool = "BOOL"
  /// An integer without sign.
  case uint8 = "U8"
  /// An integer with sign.
  case int8 = "I8"
  /// A float of 8 bits, 5 of them exponent.
  case float8e5m2 = "F8_E5M2"
  /// A float of 8 bits, 4 of them exponent.
  case float8e4m3 = "F8_E4M3"
  /// An integer with sign.
  case int16 = "I16"
  /// An integer without sign.
  case uint16 = "U16"
  /// IEEE half precision.
  case float16 = "F16"
  /// The upper half of a single-precision number.
  case bfloat16 = "BF16"
  /// An integer with sign.
  case int32 = "I32"
  /// An integer without sign.
  case uint32 = "U32"
  /// IEEE single precision.
  case float32 = "F32"
  /// IEEE double precision.
  case float64 = "F64"
  /// An integer with sign.
  case int64 = "I64"
  /// An integer without sign.
  case uint64 = "U64"
  /// A pair of single-precision numbers.
  case complex64 = "C64"
  /// A pair of double-precision numbers.
  case complex128 = "C128"

  /// Bytes a number.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e5m2, .float8e4m3: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64, .complex64: 8
    case .complex128: 16
    }
  }

  /// Whether it counts rather than measures.
  public var isInteger: Bool {
    switch self {
    case .bool, .uint8, .int8, .int16, .uint16, .int32, .uint32, .int64, .uint64: true
    default: false
    }
  }
}
