import Exhibition
import Foundation
import Support

/// The files of a site that machines read.
enum SiteIndex {
  /// `records.json`, with authors `CITATION.cff` and, if the site's address is known, `sitemap.xml` and `feed.xml`.
  static func files(of site: SiteContext, pages: [SitePage]) throws -> [String: Data] {
    var files = ["records.json": try records(of: site)]
    files["CITATION.cff"] = CitationFile(site.collection.site)?.data
    if let address = site.collection.site.base {
      files["sitemap.xml"] = sitemap(of: pages, address: address)
      files["feed.xml"] = Feed(site, address: address).data
    }
    return files
  }

  /// One entry of `records.json`.
  private struct Entry {
    let page: String
    let record: Record?
    let missing: String?

    /// An object with its keys in order. The record's text is taken as it is, since coding it again would take as long as
    /// all pages.
    func json() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      var facts = ["page": page]
      facts["missing"] = missing
      var text = try encoder.encode(facts)
      guard let record else { return text }
      text.removeLast()
      return try text + Data(",\"record\":".utf8) + SiteIndex.compact(record.text()) + Data("}".utf8)
    }
  }

  /// JSON without the space between its parts.
  static func compact(_ json: Data) -> Data {
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    var (isText, isEscaped) = (false, false)
    json.withUnsafeBytes { bytes in
      for byte in bytes {
        if isText {
          isText = isEscaped || byte != UInt8(ascii: "\"")
          isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        } else if byte == UInt8(ascii: "\"") {
          isText = true
        } else if byte <= 0x20 {
          continue
        }
        result.append(byte)
      }
    }
    return Data(result)
  }

  /// Every record that the site shows, with the page that shows it; gaps with their reasons.
  private static func records(of site: SiteContext) throws -> Data {
    var entries = WorkPage.sets(in: site).flatMap { set in
      set.works.map {
        Entry(
          page: site.address(of: $0, in: set.home).path, record: $0.result.value?.record,
          missing: $0.result.gap)
      }
    }
    func entry(_ trial: AttackTrial, page: Address) -> Entry {
      Entry(page: page.path, record: trial.finding.value?.record, missing: trial.finding.gap)
    }
    for attack in site.collection.attacks {
      entries += attack.trials.map { entry($0, page: site.address(of: $0, in: attack)) }
    }
    for table in site.collection.attackTables {
      entries += table.rows.flatMap(\.trials).map { entry($0, page: site.address(of: table)) }
    }
    entries += site.collection.interpolations.flatMap { exhibit in
      exhibit.rows.map {
        Entry(
          page: site.address(of: exhibit).path, record: $0.finding.value?.record, missing: $0.finding.gap)
      }
    }
    entries += site.collection.ablations.flatMap { ablation in
      ablation.rows.flatMap(\.works).map {
        Entry(page: site.address(of: ablation).path, record: $0.result.value?.record, missing: $0.result.gap)
      }
    }
    entries += site.collection.facets.map {
      Entry(page: site.address(of: $0).path, record: $0.record, missing: $0.finding.gap)
    }
    let texts = try Parallel.map(entries.count) { try entries[$0].json() }
    var whole = Data("[".utf8)
    whole.reserveCapacity(texts.reduce(3) { $0 + $1.count + 1 })
    for (index, text) in texts.enumerated() {
      if index > 0 { whole.append(UInt8(ascii: ",")) }
      whole.append(text)
    }
    return whole + Data("]\n".utf8)
  }

  private static func sitemap(of pages: [SitePage], address: String) -> Data {
    let entries = pages.filter { $0.kind != "notfound" && !$0.isBare }.map(\.address).sorted().map {
      "<url><loc>\(Markup.text(address + $0.path))</loc></url>"
    }
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(entries.joined(separator: "\n"))
      </urlset>

      """
    return Data(text.utf8)
  }
}
