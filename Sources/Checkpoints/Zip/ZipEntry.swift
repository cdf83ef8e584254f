/// One file in a zip archive.
struct ZipEntry {
  /// How its bytes are packed.
  enum Method: Equatable {
    /// As they are.
    case stored
    /// By deflate.
    case deflated
    /// Otherwise, by the number of the format's specification.
    case other(UInt16)
  }

  /// Its path in the archive.
  let name: String
  let method: Method
  /// Checksum of the unpacked bytes.
  let checksum: UInt32
  /// Its packed bytes, counted from the start of the archive.
  let range: Range<Int>
  /// Bytes when unpacked.
  let size: Int
}
