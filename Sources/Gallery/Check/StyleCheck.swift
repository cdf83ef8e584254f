import Foundation

/// A style sheet asks nobody else for anything, brings no font, and its colour tokens can be read in both themes.
enum StyleCheck {
  static func faults(in sheet: String) -> [PageFault] {
    var faults: [PageFault] = []
    for (index, line) in lines(sheet).enumerated() {
      func add(_ message: String) { faults.append(PageFault(line: index + 1, message: message)) }
      if line.contains("@import") { add("the style sheet imports another one") }
      if line.contains("@font-face") { add("the style sheet loads a font") }
      if line.range(of: #"url\(\s*["']?(https?:)?//"#, options: .regularExpression) != nil {
        add("the style sheet asks another site")
      }
    }
    return faults + themes(in: sheet).flatMap(contrastFaults)
  }

  /// The sheet's lines, comments blanked.
  private static func lines(_ sheet: String) -> [String] {
    var isComment = false
    return sheet.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var (kept, rest) = ("", line)
      while let mark = rest.range(of: isComment ? "*/" : "/*") {
        if !isComment { kept += rest[..<mark.lowerBound] }
        rest = rest[mark.upperBound...]
        isComment.toggle()
      }
      return isComment ? kept : kept + rest
    }
  }

  // MARK: Contrast

  /// Colour tokens by name, with the line of each.
  private typealias Theme = [String: (colour: Colour, line: Int)]

  /// The light theme, and each rule of `:root` that changes it; on paper there is no theme.
  private static func themes(in sheet: String) -> [Theme] {
    var themes: [Theme] = []
    var current: Theme?
    var isPaper = false
    for (index, line) in lines(sheet).enumerated() {
      if line.hasPrefix("@media") { isPaper = line.contains("print") }
      if line.trimmingCharacters(in: .whitespaces).hasPrefix(":root"), !isPaper {
        current = themes.first ?? [:]
      }
      for part in line.split(whereSeparator: { ";{".contains($0) }) where current != nil {
        let pair = part.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard pair.count == 2, pair[0].hasPrefix("--"), let colour = Colour(pair[1]) else { continue }
        current?[String(pair[0].dropFirst(2))] = (colour, index + 1)
      }
      if line.contains("}"), let theme = current {
        if !theme.isEmpty { themes.append(theme) }
        current = nil
      }
    }
    return themes
  }

  /// What is read on which ground, and how much they have to differ (WCAG 2, level AA).
  private static let pairs: [(fore: [String], least: Double)] = [
    (["ink", "soft", "link", "good", "bad", "second"], 4.5), (["bar"], 3),
  ]
  private static let grounds = ["wall", "mat", "tint"]

  private static func contrastFaults(_ theme: Theme) -> [PageFault] {
    var faults: [PageFault] = []
    for (names, least) in pairs {
      for name in names {
        for ground in grounds {
          guard let fore = theme[name], let back = theme[ground] else { continue }
          let contrast = fore.colour.contrast(with: back.colour)
          guard contrast < least else { continue }
          let rounded = String(format: "%.2f", contrast)
          faults.append(
            PageFault(
              line: max(fore.line, back.line),
              message: "--\(name) on --\(ground) has a contrast of \(rounded); it needs \(least)"))
        }
      }
    }
    return faults
  }
}

/// A colour as style sheets write it: `#fff` or `#a1b2c3`.
struct Colour {
  private let luminance: Double

  init?(_ text: String) {
    guard text.hasPrefix("#") else { return nil }
    let digits = text.dropFirst().compactMap(\.hexDigitValue)
    guard digits.count == text.count - 1, digits.count == 3 || digits.count == 6 else { return nil }
    let width = digits.count / 3
    let weights = [0.2126, 0.7152, 0.0722]
    var luminance = 0.0
    for (part, weight) in weights.enumerated() {
      let high = digits[part * width], low = digits[part * width + width - 1]
      let value = Double(16 * high + low) / 255
      let linear = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      luminance += weight * linear
    }
    self.luminance = luminance
  }

  /// The ratio of both luminances as WCAG defines it, from 1 to 21.
  func contrast(with other: Colour) -> Double {
    (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
  }
}
