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

  /// The most that style sheets and scripts may have, each kind together.
  static let assetBudget = 20_000
  /// The most that a page's own markup may have.
  static let pageBudget = 1_000_000

  /// Every fault, in the order of the pages.
  func faults() -> [String] {
    let pages = documents.mapValues(HTMLElement.scan)
    let anchors = pages.mapValues { Set($0.compactMap { $0.isEnd ? nil : $0.attributes["id"] }) }
    var faults = budgetFaults()
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

  private func budgetFaults() -> [String] {
    var faults: [String] = []
    for ending in ["css", "js"] {
      let size = assets.filter { $0.key.hasSuffix("." + ending) }.reduce(0) { $0 + $1.value.count }
      if size > Self.assetBudget {
        faults.append("assets/*.\(ending): \(size) bytes; at most \(Self.assetBudget) load quickly")
      }
    }
    for (address, document) in documents.sorted(by: { $0.key < $1.key })
    where document.utf8.count > Self.pageBudget {
      faults.append("\(address.path): \(document.utf8.count) bytes of markup; at most \(Self.pageBudget)")
    }
    return faults
  }
}
