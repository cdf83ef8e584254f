import Exhibition
import Foundation

/// `feed.xml`: the newest pictures as an Atom feed (RFC 4287), for a site whose address is known.
struct Feed {
  /// How many pictures it names.
  private static let length = 30

  private let site: SiteContext
  private let base: String

  init(_ site: SiteContext, address: String) {
    self.site = site
    base = address
  }

  /// The file's bytes; `nil` without a picture, for a feed needs the time of its last change.
  var data: Data? {
    let entries = WorkPage.sets(in: site).flatMap { set in
      set.works.compactMap { work in
        work.result.value.map { (page: site.address(of: work, in: set.home), work: work, record: $0.record) }
      }
    }.sorted { ($1.record.created, $0.page) < ($0.record.created, $1.page) }.prefix(Self.length)
    guard let newest = entries.first else { return nil }
    let facts = site.collection.site
    let authors = facts.authors.isEmpty ? [facts.title] : facts.authors
    let lines =
      [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(Markup.text(facts.language))\">",
        "<title>\(Markup.text(facts.title))</title>", "<id>\(Markup.text(base))</id>",
        "<link href=\"\(Markup.text(base))\"/>",
        "<link rel=\"self\" href=\"\(Markup.text(base))feed.xml\"/>",
        "<updated>\(Markup.text(newest.record.created))</updated>",
      ] + authors.map { "<author><name>\(Markup.text($0))</name></author>" }
      + entries.map { entry in
        let url = Markup.text(base + entry.page.path)
        return """
          <entry><title>\(Markup.text(site.title(of: entry.work)))</title><id>\(url)</id><link href="\(url)"/>\
          <updated>\(Markup.text(entry.record.created))</updated>\
          <summary>\(Markup.text(site.alternative(for: entry.work)))</summary></entry>
          """
      } + ["</feed>", ""]
    return Data(lines.joined(separator: "\n").utf8)
  }
}
