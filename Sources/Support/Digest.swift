import COpenSSL
public import Foundation

/// SHA-256, written as 64 lower-case hexadecimal digits: the identity of weights, pictures and jobs.
public enum Digest {
  /// The digest of a block of bytes.
  public static func sha256(_ bytes: UnsafeRawBufferPointer) -> String { hexadecimal(sha256Bytes(bytes)) }

  /// The 32 bytes of the digest of a block of bytes, for files that hold many.
  public static func sha256Bytes(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    // A null pointer is a valid empty message.
    SHA256(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &digest)
    return digest
  }

  /// The digest of data in memory.
  public static func sha256(_ data: Data) -> String { data.withUnsafeBytes { sha256($0) } }

  /// The digest of a text's UTF-8 bytes.
  public static func sha256(_ text: String) -> String { sha256(Data(text.utf8)) }

  /// The digest of a whole file, read through a mapping. Throws ``FileError``.
  public static func sha256(ofFile path: String) throws(FileError) -> String {
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { sha256(file.bytes) }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
