import Foundation
import Support

/// Looks for faults in a finished site: broken links, pictures without text, headings out of order, fields
/// without labels, requests to elsewhere, colours that can't be read, and pages over their budget.
struct SiteCheck {
  /// What is known of each page, in the order of addresses.
  let pages: [(address: Address, survey: PageSurvey)]
  /// All files of the site, pages included.
  let files: Set<String>
  /// The style sheets by their path.
  let styles: [String: String]

  init(pages: [(address: Address, survey: PageSurvey)], files: Set<String>, styles: [String: String] = [:]) {
    self.pages = pages.sorted { $0.address < $1.address }
    self.files = files
    self.styles = styles
  }

  /// Every fault but those of size, in the order of the pages.
  func faults() -> [String] {
    let anchors = Dictionary(
      pages.map { ($0.address, $0.survey.anchors) }, uniquingKeysWith: { first, _ in first })
    let found = Parallel.map(pages.count) { index in
      let (address, survey) = pages[index]
      let links = LinkCheck(address: address, files: files, anchors: anchors).faults(in: survey.references)
      return (links + survey.faults).map { $0.description(in: address.path) }
    }
    let sheets = styles.sorted { $0.key < $1.key }.flatMap { name, sheet in
      StyleCheck.faults(in: sheet).map { $0.description(in: name) }
    }
    return sheets + found.joined()
  }

  /// Every fault of size. `size` knows the bytes of the site's files.
  func sizeFaults(_ size: (String) -> Int?) -> [String] {
    withoutActuallyEscaping(size) { size in
      SizeCheck(size: size).faults(of: pages).map { $0.fault.description(in: $0.file) }
    }
  }
}
