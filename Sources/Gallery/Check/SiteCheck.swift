import Foundation

/// Looks for faults in finished pages: broken links, pictures without text, headings out of order, fields
/// without labels, requests to elsewhere, and files over their budget.
struct SiteCheck {
  /// The pages by address.
  let documents: [Address: String]
  /// All files of the site, pages included.
  let files: Set<String>
  /// The static files, for their size.
  let assets: [String: Data]

  /// The most that the style sheets and the scripts of an exhibition's page may have, each kind together.
  static let assetBudget = 20_000
  /// The same of a study's page, which is loaded once for many screens.
  static let studyBudget = 34_000
  /// The most that a page's own markup may have.
  static let pageBudget = 1_000_000

  /// Every fault, in the order of the pages.
  func faults() -> [String] {
    let pages = documents.mapValues(HTMLElement.scan)
    let anchors = pages.mapValues { Set($0.compactMap { $0.isEnd ? nil : $0.attributes["id"] }) }
    var faults = budgetFaults() + assetFaults(pages)
    for (address, elements) in pages.sorted(by: { $0.key < $1.key }) {
      let checks =
        LinkCheck(address: address, files: files, anchors: anchors).faults(in: elements)
        + PictureCheck.faults(in: elements) + HeadingCheck.faults(in: elements)
        + FieldCheck.faults(in: elements)
        + PolicyCheck.faults(in: elements)
      faults += checks.map { "\(address.path): \($0)" }
    }
    return faults
  }

  /// Each set of style sheets or scripts that pages load together is looked at once.
  private func assetFaults(_ pages: [Address: [HTMLElement]]) -> [String] {
    var sets: Set<[String]> = []
    for elements in pages.values {
      let open = elements.filter { !$0.isEnd }
      sets.insert(open.filter { $0.name == "script" }.compactMap { $0.attributes["src"].map(Self.name) })
      sets.insert(
        open.filter { $0.name == "link" && $0.attributes["rel"] == "stylesheet" }
          .compactMap { $0.attributes["href"].map(Self.name) })
    }
    return sets.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { names in
      let size = names.reduce(0) { $0 + (assets[$1]?.count ?? 0) }
      let budget = names.contains { $0.hasPrefix("study") } ? Self.studyBudget : Self.assetBudget
      guard size > budget else { return nil }
      return "assets/\(names.joined(separator: ", ")): \(size) bytes; at most \(budget) load quickly"
    }
  }

  private static func name(_ link: String) -> String { String(link.split(separator: "/").last ?? "") }

  private func budgetFaults() -> [String] {
    var faults: [String] = []
    for (address, document) in documents.sorted(by: { $0.key < $1.key })
    where document.utf8.count > Self.pageBudget {
      faults.append("\(address.path): \(document.utf8.count) bytes of markup; at most \(Self.pageBudget)")
    }
    return faults
  }
}
