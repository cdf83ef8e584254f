import Foundation
import Support

/// The file of an index, finished or under way. All numbers are little-endian; texts are a count of bytes (32 bits) and
/// UTF-8.
///
///     magic         8 bytes "VITPATCH"
///     version       u32, 1
///     question      text: JSON, see PatchQuestion.text
///     sizes         u32 units, u32 patches of a picture, u32 kept, u32 lowest, u32 bins
///     groups        u32 count, then a text each
///     pictures      u32 count, then each: text name, u32 group
///     records       u32 count (of the first pictures; all of them if the index is finished), then each:
///                   i64 size, i64 seconds, u32 nanoseconds, u64 inode, 32 bytes SHA-256, text fault (empty for none)
///     looked at     u32
///     units         each: f64 mean, f64 sum of squared differences,
///                   i32 exponent, i64 first bin, u32 count, u32 per bin,
///                   u32 count of best, each: f32 score, u32 picture, u32 patch,
///                   u32 count of lowest, likewise, with the opposite scores
///     groups' sums  u32 count, then u32 pictures each, then f64 per group and unit
///     checksum      32 bytes: SHA-256 of everything before
extension PatchIndex {
  private static let magic = Array("VITPATCH".utf8)
  /// Raised when the file has another form, or when the same search would find something else.
  private static let version: UInt32 = 1
  private static let digestBytes = 32

  /// Whether some bytes begin as an index does.
  static func isOne(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// The index as a file. Equal indices have equal bytes.
  func encoded() -> Data {
    var writer = BinaryWriter()
    writer.bytes(Self.magic)
    writer.number(Self.version)
    writer.text(question)
    let first = tally.units.first
    for size in [
      units, perPicture, first?.best.capacity ?? 0, first?.lowest.capacity ?? 0, first?.histogram.most ?? 0,
    ] { writer.count(size) }
    writer.count(groups.count)
    for group in groups { writer.text(group) }
    writer.count(names.count)
    for (name, member) in zip(names, members) {
      writer.text(name)
      writer.count(member)
    }
    writer.count(records.count)
    for record in records { writer.record(record) }
    writer.tally(tally)
    let digest = writer.data.withUnsafeBytes { Digest.sha256Bytes($0) }
    writer.bytes(digest)
    return writer.data
  }

  /// Reads an index. Throws ``BinaryReader/Fault`` for anything that ``encoded()`` hasn't written.
  init(_ file: UnsafeRawBufferPointer) throws(BinaryReader.Fault) {
    guard Self.isOne(file) else { throw .init(reason: "it is no index of patches") }
    guard file.count > Self.magic.count + Self.digestBytes else { throw .init(reason: "it is truncated") }
    let body = UnsafeRawBufferPointer(rebasing: file.dropLast(Self.digestBytes))
    guard file.suffix(Self.digestBytes).elementsEqual(Digest.sha256Bytes(body)) else {
      throw .init(reason: "it is truncated or damaged")
    }
    var reader = BinaryReader(UnsafeRawBufferPointer(rebasing: body.dropFirst(Self.magic.count)))
    guard try reader.number(UInt32.self) == Self.version else {
      throw .init(reason: "it was made by another version")
    }
    let question = try reader.text()
    var sizes: [Int] = []
    for _ in 0..<5 { sizes.append(Int(try reader.number(UInt32.self))) }
    var groups: [String] = []
    for _ in 0..<(try reader.count(ofBytes: 4)) { groups.append(try reader.text()) }
    var names: [String] = []
    var members: [Int] = []
    for _ in 0..<(try reader.count(ofBytes: 8)) {
      names.append(try reader.text())
      members.append(Int(try reader.number(UInt32.self)))
    }
    guard members.allSatisfy(groups.indices.contains) else {
      throw .init(reason: "a picture is in no group")
    }
    var records: [PictureRecord] = []
    for _ in 0..<(try reader.count(ofBytes: BinaryReader.recordBytes)) { records.append(try reader.record()) }
    guard records.count <= names.count else { throw .init(reason: "it knows more pictures than it names") }
    let tally = try reader.tally(
      .init(
        units: sizes[0], kept: sizes[2], lowest: sizes[3], bins: sizes[4], pictures: records.count,
        patches: sizes[1], groups: groups.count))
    guard reader.remaining == 0 else { throw .init(reason: "it goes on after its end") }
    self.init(
      question: question, names: names, groups: groups, members: members, perPicture: sizes[1],
      records: records, tally: tally)
  }
}
