import Foundation
import Support

/// Names as they appear in addresses and folder names.
public enum Slug {
  /// The lower-case name without accents, in which everything but letters a–z and digits is a hyphen:
  /// `Great White Shark` → `great-white-shark`. A name without any such letter gets a digest instead.
  public static func make(_ name: String) -> String {
    // Most names need no Unicode, which takes long.
    let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    let plain =
      isASCII
      ? name
      : name.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    let hyphen = UInt8(ascii: "-")
    var slug: [UInt8] = []
    for byte in plain.lowercased().utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): slug.append(byte)
      default: if !slug.isEmpty, slug.last != hyphen { slug.append(hyphen) }
      }
    }
    if slug.last == hyphen { slug.removeLast() }
    return slug.isEmpty ? "x" + Digest.sha256(name).prefix(10) : String(decoding: slug, as: UTF8.self)
  }
}
