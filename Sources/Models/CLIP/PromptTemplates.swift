import Foundation

/// The sentences that a class's name is put into for zero-shot scores: `{}` stands for the name.
public struct PromptTemplates: Sendable, Equatable {
  /// The sentences.
  public let texts: [String]

  /// Templates; each must have one `{}`.
  init(_ texts: [String]) { self.texts = texts }

  /// The one sentence that CLIP's paper starts from (section 3.1.4).
  public static let simple = PromptTemplates(["a photo of a {}."])

  /// The names by which ``named(_:)`` knows templates.
  public static let names = ["ensemble", "subset", "simple"]

  /// The templates of a name, or of a file that has one a line. Throws ``ModelError``.
  public static func named(_ name: String) throws(ModelError) -> PromptTemplates {
    switch name {
    case "ensemble": return .ensemble
    case "subset": return .subset
    case "simple": return .simple
    default:
      guard FileManager.default.fileExists(atPath: name) else {
        throw .text(
          path: name, line: 0, column: 0,
          reason:
            "there are no such templates; known are \(names.joined(separator: ", ")), or a file of one a line"
        )
      }
      return try read(name)
    }
  }

  /// More templates than this nobody means.
  private static let most = 1000

  /// The templates of a file, one a line. Throws ``ModelError``.
  static func read(_ path: String) throws(ModelError) -> PromptTemplates {
    let lines = try TextFile.read(path, limit: 1 << 20).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var texts: [String] = []
    for (index, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty { continue }
      guard text.components(separatedBy: "{}").count == 2 else {
        throw .text(
          path: path, line: index + 1, column: 0, reason: "a template needs one {}, where the name goes")
      }
      texts.append(text)
    }
    guard (1...most).contains(texts.count) else {
      throw .text(path: path, line: 0, column: 0, reason: "\(texts.count) templates; 1 to \(most) can serve")
    }
    return PromptTemplates(texts)
  }

  /// The sentences about a class.
  public func prompts(for name: String) -> [String] {
    texts.map { $0.components(separatedBy: "{}").joined(separator: name) }
  }
}
