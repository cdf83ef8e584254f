import Foundation
import Support

/// A site in a folder, whoever made it.
public struct FinishedSite {
  private let folder: String

  /// The site in a folder.
  public init(folder: String) { self.folder = folder }

  /// How many pages the site has, and its faults: one a line, each with its file and line. Throws `FileError` if there is
  /// no site, or a page can't be read.
  public func check() throws -> (pages: Int, faults: [String]) {
    guard FileStatus(path: folder)?.isFolder == true else {
      throw FileError(
        path: folder, action: "check", reason: "there is no such folder; `vitrine render` makes a site")
    }
    let files = SiteFolder(path: folder).files().sorted()
    let names = files.filter { $0.hasSuffix(".html") }
    guard !names.isEmpty else {
      throw FileError(
        path: folder, action: "check", reason: "there is no page in it; `vitrine render` makes a site")
    }
    let pages = try Parallel.map(names.count) { index in
      let (name, survey) = (names[index], PageSurvey(try text(names[index])))
      return (address: survey.canonical.map { Address(name, at: $0) } ?? Address(name), survey: survey)
    }
    var styles: [String: String] = [:]
    for name in files where name.hasSuffix(".css") { styles[name] = try text(name) }
    let check = SiteCheck(pages: pages, files: Set(files), styles: styles)
    return (pages.count, check.faults() + check.sizeFaults { FileStatus(path: folder + "/" + $0)?.size })
  }

  private func text(_ name: String) throws -> String {
    let path = folder + "/" + name
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw FileError(path: path, action: "read", reason: "it isn't text in UTF-8")
    }
    return text
  }
}
