import Foundation
import Imaging
import Models
import Support

/// What is known of a picture that was read: enough to tell later, mostly without reading it, that it is the same.
struct PictureRecord: Equatable, Sendable {
  /// The 32 bytes of a file's SHA-256.
  struct Digest: Equatable, Sendable {
    var words: SIMD4<UInt64> = .zero

    init() {}

    init(_ bytes: [UInt8]) {
      for (place, byte) in bytes.prefix(32).enumerated() {
        words[place / 8] |= UInt64(byte) << (place % 8 * 8)
      }
    }
  }

  /// What the file system said of the file before it was read.
  var size = 0
  var seconds = 0
  var nanoseconds = 0
  var inode: UInt64 = 0
  /// The digest of its content, if it could be read.
  var digest = Digest()
  /// Why the search had to do without it.
  var fault: String?

  /// Nothing is known yet.
  init() {}

  /// What the file system says.
  init(_ status: FileStatus) {
    size = status.size
    (seconds, nanoseconds) = (status.modified.seconds, status.modified.nanoseconds)
    inode = status.inode
  }

  /// Whether the file system says the same of both.
  func hasStatus(of other: PictureRecord) -> Bool {
    (size, seconds, nanoseconds, inode) == (other.size, other.seconds, other.nanoseconds, other.inode)
  }
}

/// A picture as it was read from its file.
struct ReadPicture: Sendable {
  var record: PictureRecord
  /// Prepared for the network; empty if it couldn't be read, see ``PictureRecord/fault``.
  var pixels: [Float] = []

  /// No picture that can be read has a larger file.
  private static let mostBytes = 1 << 30

  /// What is known of a file without decoding it.
  static func identify(_ path: String) -> PictureRecord { read(path) { _ in [] }.record }

  /// Reads and prepares a picture. Never fails: what is wrong is in its record.
  static func read(_ path: String, for input: InputSpecification) -> ReadPicture {
    read(path) { data in input.prepare(try Image.decode(data, upright: input.upright)) }
  }

  private static func read(_ path: String, _ decode: (Data) throws -> [Float]) -> ReadPicture {
    guard let status = FileStatus(path: path) else {
      return ReadPicture(record: .init(), fault: String(cString: strerror(errno)))
    }
    let record = PictureRecord(status)
    // Reading a pipe might never end.
    guard status.isRegularFile else { return ReadPicture(record: record, fault: "it is not a regular file") }
    guard status.size <= mostBytes else {
      return ReadPicture(record: record, fault: "its \(status.size) bytes are more than a picture has")
    }
    // One reading for both, so that the digest is that of what was decoded.
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      return ReadPicture(record: record, fault: "it can't be read")
    }
    var result = ReadPicture(record: record)
    result.record.digest = .init(data.withUnsafeBytes { Support.Digest.sha256Bytes($0) })
    do { result.pixels = try decode(data) } catch {
      result.record.fault = (error as? ImageError)?.reason ?? String(describing: error)
    }
    return result
  }

  private init(record: PictureRecord, fault: String? = nil) {
    self.record = record
    self.record.fault = fault
  }
}
