import Exhibition

import Foundation
import Support

/// A page that the user wrote: Markdown below a head of `key: value` lines between two lines of `---`.
public struct AuthoredPage: Sendable, Equatable {
  /// The address's part: the file's name without `.md`.
  public let slug: String
  /// The file, for messages.
  public let file: String
  /// The page's title.
  public let title: String
  /// Its place in the menu, smaller first.
  public let order: Int
  /// Drafts are left out of the site.
  public let isDraft: Bool
  /// The Markdown.
  public let text: String

  /// Reads a page. Throws ``GalleryError`` with file and line for an unknown or missing key.
  public init(file: String, contents: String, slug: String? = nil) throws(GalleryError) {
    self.file = file
    self.slug = slug ?? Slug.make(((file as NSString).lastPathComponent as NSString).deletingPathExtension)
    let lines = contents.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }
    guard lines.first?.trimmingCharacters(in: .whitespaces) == "---",
      let end = lines.dropFirst().firstIndex(where: { $0.trimmingCharacters(in: .whitespaces) == "---" })
    else {
      throw GalleryError(
        file: file, line: 1,
        message: "a page begins with a head between two lines of ---, such as \"title: About\"")
    }
    var values: [String: (text: String, line: Int)] = [:]
    for index in 1..<end where !lines[index].trimmingCharacters(in: .whitespaces).isEmpty {
      let (key, value) = try Self.field(lines[index], file: file, line: index + 1)
      guard values[key] == nil else {
        throw GalleryError(file: file, line: index + 1, message: "\"\(key)\" is given twice")
      }
      values[key] = (value, index + 1)
    }
    guard let title = values["title"]?.text, !title.isEmpty else {
      throw GalleryError(
        file: file, line: 1, message: "the page has no title; write \"title: …\" in its head")
    }
    self.title = title
    order = try Self.number(values["order"], file: file)
    isDraft = try Self.flag(values["draft"], file: file)
    text = lines[(end + 1)...].joined(separator: "\n")
  }

  private static let keys = ["title", "order", "draft"]

  private static func field(
    _ line: String, file: String, line number: Int
  ) throws(GalleryError) -> (String, String) {
    guard let colon = line.firstIndex(of: ":") else {
      throw GalleryError(file: file, line: number, message: "a line of the head reads \"key: value\"")
    }
    let key = line[..<colon].trimmingCharacters(in: .whitespaces)
    guard keys.contains(key) else {
      let hint = Suggestion.clause(for: key, among: keys)
      throw GalleryError(
        file: file, line: number,
        message:
          "unknown key \"\(key)\"\(hint.isEmpty ? "; known are \(keys.joined(separator: ", "))" : hint)")
    }
    var value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    if value.count >= 2, let quote = value.first, "\"'".contains(quote), value.last == quote {
      value = String(value.dropFirst().dropLast())
    }
    return (key, value)
  }

  private static func number(_ value: (text: String, line: Int)?, file: String) throws(GalleryError) -> Int {
    guard let value else { return 100 }
    guard let number = Int(value.text) else {
      throw GalleryError(
        file: file, line: value.line, message: "\"order\" is a whole number, not \"\(value.text)\"")
    }
    return number
  }

  private static func flag(_ value: (text: String, line: Int)?, file: String) throws(GalleryError) -> Bool {
    switch value?.text {
    case nil, "false": return false
    case "true": return true
    default:
      throw GalleryError(file: file, line: value?.line, message: "\"draft\" is true or false")
    }
  }
}
