import Support

/// A page as another program could make it: its Markdown, and what its frame needs.
package struct MarkdownPage: Sendable {
  /// The place below the site's root: `classes/zebra/index.html`.
  package let path: String
  package let title: String
  package let kind: String
  package let description: String
  /// The way up to the root.
  package let root: String
  /// The pages on the way here, with relative links.
  package let crumbs: [(url: String, text: String)]
  package let markdown: String
}

extension SiteBuilder {
  /// All pages with their filled templates, for a comparison with other programs. Sealed HTML is opened, so that it can be
  /// read by any Markdown program; blank lines in it are written as references.
  package func markdown() throws -> [MarkdownPage] {
    let (site, _, pages) = try draft()
    return try Parallel.map(pages.count) { index in
      let page = pages[index]
      return MarkdownPage(
        path: page.address.path, title: page.title, kind: page.kind, description: page.description,
        root: page.address.root,
        crumbs: ([(site.collection.site.title, Address("index.html"))] + page.crumbs).map {
          (page.address.link(to: $0.1), $0.0)
        },
        markdown: try page.body.filled().markdown())
    }
  }
}
