import Foundation

/// The part of an address that names a thing: lower-case ASCII letters, digits and single hyphens.
public enum Slug {
  /// The slug of a name; a name without any letter or digit gets one from its code points.
  public static func make(_ name: String) -> String {
    let plain = name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).lowercased()
    var result = ""
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      case ".": result += "-"
      default: if !result.isEmpty, result.last != "-" { result += "-" }
      }
    }
    while result.last == "-" { result.removeLast() }
    while result.first == "-" { result.removeFirst() }
    guard result.isEmpty else { return result }
    return "x" + name.unicodeScalars.prefix(8).map { String($0.value, radix: 16) }.joined(separator: "-")
  }
}
