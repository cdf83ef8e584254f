import Foundation
import Support

/// Pictures made from others, kept with the store under the digest of what they are made from: a new site needn't make
/// them again. Losing any costs time only, so nothing here fails a build.
struct PictureCache: Sendable {
  let folder: String

  /// The bytes of a description, made if the cache hasn't them. A file begins with the digest of the rest, so that one that
  /// was cut or damaged counts for nothing; hence it needn't be synced either.
  static func data(in cache: PictureCache?, of description: String, make: () throws -> Data) throws -> Data {
    guard let cache else { return try make() }
    let name = Digest.sha256(description)
    let path = "\(cache.folder)/\(name.prefix(2))/\(name.dropFirst(2))"
    if let kept = FileManager.default.contents(atPath: path), kept.count > 64 {
      let data = Data(kept.dropFirst(64))
      if kept.prefix(64) == Data(Digest.sha256(data).utf8) { return data }
    }
    let data = try make()
    cache.keep(Data(Digest.sha256(data).utf8) + data, at: path)
    return data
  }

  private func keep(_ data: Data, at path: String) {
    let url = URL(fileURLWithPath: path)
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: url, options: .atomic)
  }
}
