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
    var slug = ""
    for scalar in plain.lowercased().unicodeScalars {
      let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      if isPlain {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty, !slug.hasSuffix("-") {
        slug += "-"
      }
    }
    while slug.hasSuffix("-") { slug.removeLast() }
    return slug.isEmpty ? "x" + Digest.sha256(name).prefix(10) : slug
  }
}
