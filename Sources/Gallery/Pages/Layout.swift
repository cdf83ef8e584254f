/// The frame around every page.
enum Layout {
  static let template = "layout"

  struct Model: PageModel {
    var language: String
    var title: String
    var siteTitle: String
    var description: String
    var kind: String
    var root: String
    var styles: [File]
    var scripts: [File]
    var isBare: Bool
    var origins: String
    var body: HTML
    var menu: [LinkModel]
    var more: [LinkModel]
    var crumbs: [LinkModel]
    var hasCrumbs: Bool
    var canonical: String?
    var preview: Preview?
    var feed: String?
    var hasCitation: Bool
    var footer: String?
    var authors: String?
    var licence: String?
    var referencesLicence: String?
    var version: String

    static let meanings: [String: String] = [
      "language": "the language of the page, such as `en`; that of a study on its pages",
      "title":
        "the page's title and the exhibition's, such as `zebra · Gallery`; on the first page the exhibition's alone",
      "siteTitle": "the exhibition's title",
      "description": "what the page is about, in a sentence for search engines and previews",
      "kind": "the kind of page, such as `class`, for style sheets to ask for",
      "root": "the way to the site's folder, such as `../../`; empty for pages in that folder itself",
      "styles": "the style sheets that the page uses, in their order",
      "scripts": "the scripts that the page uses, in their order",
      "isBare": "whether the exhibition's head and foot are left out: on pages for participants of a study",
      "origins": "origins beside the site's own that the page talks to, with spaces between; mostly empty",
      "body": "the page's own template, filled",
      "menu": "the kinds of exhibits that there are, then the compare page and the search",
      "more":
        "what tells about the pictures: methods, networks, ablations, evaluation, studies, pages of the author's own",
      "crumbs": "the way here from the first page, which begins it; without this page",
      "hasCrumbs": "whether this is any page but the first",
      "canonical": "the page's whole address; missing if the site's isn't known",
      "preview":
        "the picture that previews show; missing if the page has none or the site's address isn't known",
      "feed": "the feed of pictures; missing if there are none or the site's address isn't known",
      "hasCitation": "whether the site has a `CITATION.cff`",
      "footer": "the author's line at the foot of each page; missing if nothing was written",
      "authors": "the authors' names, with commas between; missing if there are none",
      "licence": "the licence of the exhibition; missing if nothing was written",
      "referencesLicence": "the licence of the natural pictures; missing if nothing was written",
      "version": "the version of Vitrine that makes the site",
    ]

    /// A picture with its size in pixels.
    struct Preview: PageModel {
      var url: String
      var width: Int
      var height: Int

      static let meanings: [String: String] = [
        "url": "its whole address",
        "width": "its width in pixels",
        "height": "its height in pixels",
      ]
    }

    struct File: PageModel {
      var url: String

      static let meanings: [String: String] = [
        "url": "where the file is"
      ]
    }
  }

  /// The scripts of a kind of page, in their order: a page loads only what it uses.
  private static func scripts(of kind: String) -> [String] {
    switch kind {
    case "work", "adversarial": ["gallery.js", "film.js"]
    case "compare": ["gallery.js", "compare.js"]
    case "study": ["study-keeper.js", "study-trial.js", "study-end.js", "study.js"]
    case "study-screen", "study-thanks": []
    default: ["gallery.js"]
    }
  }

  /// The style sheets of a kind of page.
  private static func styles(of kind: String) -> [String] {
    switch kind {
    case "study", "study-screen", "study-thanks": ["gallery.css", "study.css"]
    case "study-results": ["gallery.css", "results.css"]
    default: ["gallery.css"]
    }
  }

  /// What is shown where somebody posts the page's address: pictures need whole addresses there.
  private static func preview(of page: SitePage, in site: SiteContext) -> Model.Preview? {
    guard let base = site.collection.site.base, let picture = page.preview else { return nil }
    return Model.Preview(
      url: base + site.media.address(of: picture).path, width: picture.width, height: picture.height)
  }

  /// The whole document of a page: its bytes in UTF-8.
  static func document(_ page: SitePage, in site: SiteContext, templates: TemplateLibrary) throws -> [UInt8] {
    let facts = site.collection.site
    let here = page.address
    let link = { (title: String, address: Address) in
      LinkModel(
        url: here.link(to: address), text: title,
        isCurrent: address == here || page.crumbs.contains { $0.address == address })
    }
    let sections = OverviewPage.sections(in: site).filter { $0.count > 0 }
    let tools = [link("Compare", .folder("compare")), link("Search", .folder("search"))]
    let texts = site.collection.pages.filter { $0.slug != "index" }
      .map { link($0.title, .folder("pages", $0.slug)) }
    let studies = site.collection.studies.flatMap { study in
      // One study needs no name.
      let name = site.collection.studies.count > 1 ? ": \(study.title)" : ""
      return [link("Take part\(name)", site.address(of: study))]
        + (study.analysis == nil
          ? [] : [link("Results of the study\(name)", StudyResultsPage.address(study))])
    }
    let all = sections.map { link($0.title == "Adversarial examples" ? "Adversarial" : $0.title, $0.address) }
    // What tells about the pictures rather than shows them.
    let behind = ["Methods", "Models", "Ablations"]
    let evaluation = EvaluationPage.isWanted(in: site) ? [link("Evaluation", .folder("evaluation"))] : []
    var (language, origins, isBare) = (facts.language, "", false)
    if case .bare(let own, let others) = page.frame {
      (language, isBare) = (own, true)
      origins = others.joined(separator: " ")
    }
    let file = { (name: String) in Model.File(url: here.root + "assets/" + name) }
    let crumbs =
      page.kind == "index"
      ? [] : [LinkModel(url: here.link(to: "index.html"), text: facts.title)] + page.crumbs.map(link)
    return try templates.document(
      template,
      Model(
        language: language,
        title: page.kind == "index" ? facts.title : "\(page.title) · \(facts.title)",
        siteTitle: facts.title, description: page.description, kind: page.kind, root: here.root,
        styles: styles(of: page.kind).map(file), scripts: scripts(of: page.kind).map(file),
        isBare: isBare, origins: origins,
        body: try page.body.html(),
        menu: all.filter { !behind.contains($0.text) } + tools,
        more: all.filter { behind.contains($0.text) } + evaluation + studies + texts, crumbs: crumbs,
        hasCrumbs: !crumbs.isEmpty, canonical: facts.base.map { $0 + here.path },
        preview: preview(of: page, in: site),
        feed: facts.base != nil && site.works.contains { $0.result.value != nil }
          ? here.root + "feed.xml" : nil,
        hasCitation: CitationFile(facts) != nil, footer: facts.footer,
        authors: facts.authors.isEmpty ? nil : facts.authors.joined(separator: ", "), licence: facts.licence,
        referencesLicence: facts.referencesLicence,
        version: facts.version))
  }
}
