import Foundation

/// Words as they stand in addresses and file names.
enum Slug {
  /// Lower-case letters and digits of a text, its words joined by hyphens: "White Shark" gives `white-shark`.
  static func of(_ text: String) -> String {
    let folded = text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).lowercased()
    return folded.unicodeScalars
      .split { !CharacterSet.alphanumerics.contains($0) }
      .map { String(String.UnicodeScalarView($0)) }
      .joined(separator: "-")
  }
}
