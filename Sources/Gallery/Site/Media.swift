import Exhibition
import Foundation
import Imaging
import Support
import Synchronization

/// The pictures and records that a site's pages ask for, under names that are the digest of their bytes:
/// unchanged files keep their address for ever, and two pages share one file.
final class Media: Sendable {
  /// How large a picture is served.
  enum Size: Hashable, Sendable {
    /// As it is.
    case full
    /// At most 320 pixels a side, for grids.
    case card
    /// At most 640 pixels a side, for large files at the head of a page.
    case stage
    /// At most 128 pixels a side, for natural pictures of which no more may be shown.
    case thumbnail

    var limit: Int? {
      switch self {
      case .full: nil
      case .card: 320
      case .stage: 640
      case .thumbnail: 128
      }
    }

    /// The size at which a picture is served; pictures are never enlarged.
    func fit(width: Int, height: Int) -> (width: Int, height: Int) {
      guard let limit, max(width, height) > limit else { return (width, height) }
      let scale = Double(limit) / Double(max(width, height))
      return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
    }
  }

  /// A file that the site needs, and what it is made from.
  enum Item: Sendable {
    /// A stored picture as it is.
    case whole(StoredPicture)
    /// A stored picture, smaller.
    case reduced(StoredPicture, Size)
    /// A stored picture as a participant gets it: pixels and nothing else, not compressed, so that files of pictures of a
    /// size are equally large.
    case blinded(StoredPicture)
    /// A stored picture with a map of its transparency.
    case cutout(StoredPicture, map: StoredPicture)
    /// A record.
    case record(Record)
  }

  /// What stands in the place of a natural picture that may not be shown.
  static let withheld = Address("assets/withheld.svg")

  /// How much of natural pictures is shown.
  private let publication: Exhibition.Publication

  /// Files of a site that shows so much of natural pictures.
  init(publication: Exhibition.Publication = .full) { self.publication = publication }

  /// Pages are rendered at once.
  private let noted = Mutex<[Address: Item]>([:])

  /// All files asked for so far, by address.
  var items: [Address: Item] { noted.withLock { $0 } }

  /// The name that a picture goes by in addresses: the first 20 digits of its digest.
  func name(of stored: StoredPicture) -> String { String(stored.sha256.prefix(20)) }

  /// The address of a picture in a size; notes that it is needed.
  func address(of stored: StoredPicture, size: Size = .full) -> Address {
    var size = size
    if stored.isNatural {
      switch publication {
      case .full: break
      case .thumbnail: size = .thumbnail
      case .none: return Self.withheld
      }
    }
    let isReduced = size.fit(width: stored.width, height: stored.height) != (stored.width, stored.height)
    guard isReduced, let limit = size.limit else {
      return note(.whole(stored), at: "media/\(name(of: stored)).\(Self.ending(stored.path))")
    }
    return note(.reduced(stored, size), at: "media/\(name(of: stored))-\(limit).jpg")
  }

  /// The address of a study's stimulus: the untouched pixels under a name that tells neither method nor other page.
  func blindedAddress(of stored: StoredPicture, study: String, seed: UInt64) -> Address {
    let name = Digest.sha256("study\u{0}\(study)\u{0}\(seed)\u{0}\(stored.sha256)").prefix(16)
    return note(.blinded(stored), at: "studies/\(study)/stimuli/\(name).png")
  }

  /// Whether a site's file is a study's stimulus.
  static func isBlinded(_ path: String) -> Bool { path.contains("/stimuli/") && path.hasPrefix("studies/") }

  /// The address of a picture whose alpha is its transparency map.
  func cutoutAddress(of stored: StoredPicture, map: StoredPicture) -> Address {
    let name = Digest.sha256("cutout\u{0}\(stored.sha256)\u{0}\(map.sha256)").prefix(20)
    return note(.cutout(stored, map: map), at: "media/\(name).png")
  }

  /// The address of a record.
  func recordAddress(of record: Record) -> Address {
    note(.record(record), at: "records/\(record.identity.prefix(20)).json")
  }

  private func note(_ item: Item, at path: String) -> Address {
    let address = Address(path)
    noted.withLock { $0[address] = item }
    return address
  }

  private static func ending(_ path: String) -> String {
    let ending = (path as NSString).pathExtension.lowercased()
    return ["png", "jpg", "jpeg"].contains(ending) ? ending : "png"
  }
}
