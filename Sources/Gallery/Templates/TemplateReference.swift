/// The reference of all templates and their tags, made from the page models.
public enum TemplateReference {
  /// The page in Markdown. Throws ``GalleryError`` if a tag has no meaning, or a meaning no tag.
  public static func markdown() throws -> String {
    let templates = try templates()
    let survey = ModelSurvey(of: templates.map(\.shape))
    guard survey.faults.isEmpty else {
      throw GalleryError(file: "templates", message: survey.faults.joined(separator: "; "))
    }
    let parts = survey.parts.map { part, object in
      "### \(heading(of: part))\n\n\(part.partPurpose)\n\n\(table(of: object))"
    }
    let pages = templates.compactMap { file, shape in
      shape.object.map { "## `\(file)`\n\n\(table(of: $0))" }
    }
    return ([introduction] + parts + pages).joined(separator: "\n\n")
  }

  /// The files of all templates, with what their models hold.
  static func templates() throws -> [(file: String, shape: Shape)] {
    func template<Kind: PageKind>(of kind: Kind.Type) throws -> (file: String, shape: Shape) {
      (Kind.template + ".md", try Shape.of(Kind.Model.self))
    }
    return try PageKinds.all.map { try template(of: $0) }
      + [(Layout.template + ".html", try Shape.of(Layout.Model.self))]
  }

  /// A row for each tag.
  static func table(of object: Shape.Object) -> String {
    var rows = Rows()
    rows.add(object, within: "")
    return (["| tag | what it is | meaning |", "|---|---|---|"] + rows.lines).joined(separator: "\n")
  }

  private static func heading(of part: any SharedPageModel.Type) -> String {
    part.partName.prefix(1).uppercased() + part.partName.dropFirst()
  }

  /// Where a part's heading is in the page.
  static func anchor(of part: any SharedPageModel.Type) -> String {
    part.partName.lowercased().replacing(" ", with: "-")
  }

  /// The rows of a table; those of an inner model follow their section.
  private struct Rows {
    private(set) var lines: [String] = []
    /// The sections by the models that they have, for those in which the same model comes again.
    private var sections: [ObjectIdentifier: String] = [:]

    mutating func add(_ object: Shape.Object, within path: String) {
      for (name, shape) in object.values {
        let place = path + name
        let (reference, inner) = refer(to: shape.object, at: place)
        let meaning = object.model.meanings[name] ?? ""
        lines.append("| `\(place)` | \(TemplateReference.kind(of: shape))\(reference) | \(meaning) |")
        if let inner { add(inner, within: place + " › ") }
      }
    }

    /// Where a section's tags are described, or the model whose rows are to follow.
    private mutating func refer(
      to object: Shape.Object?, at place: String
    ) -> (reference: String, inner: Shape.Object?) {
      guard let object else { return ("", nil) }
      if let part = object.part {
        return (": a [\(part.partName)](#\(TemplateReference.anchor(of: part)))", nil)
      }
      let identity = ObjectIdentifier(object.model)
      if let first = sections[identity] { return (": as `\(first)`", nil) }
      sections[identity] = place
      return ("", object)
    }
  }

  /// What a value is, and how a template shows it.
  private static func kind(of shape: Shape) -> String {
    switch shape {
    case .text: "text"
    case .html: "HTML, written `{{{…}}}`"
    case .flag: "yes or no, a section"
    case .object: "a section"
    case .list(let element):
      element.object == nil ? "a list of texts, each `{{.}}`" : "a list, a section for each"
    case .optional(let inner): kind(of: inner) + ", if there is one"
    }
  }

  private static let introduction = """
    # Templates

    Pages are made from `templates/`: `pages/*.md` are Markdown with [Mustache](https://mustache.github.io) tags and HTML, \
    `partials/*.html` are parts that they share, `layout.html` is the frame around each, `assets/` has style sheets and \
    scripts. `vitrine templates` prints this page, and a test compares them.

    ## Your own look

    Put `templates: look` into `exhibition.yaml` and copy what you want to change into that folder, under the same name; \
    all other files are the built-in ones. `--templates` replaces the built-in folder as a whole.

    - **Colours and type**: copy `assets/gallery.css` and change the tokens in its first lines; there is a set for the light \
    theme and one for the dark, which stands there twice: for the system's setting and for the visitor's choice. The build \
    compares text with ground in both and stops below the contrast of WCAG AA.
    - **A page**: copy `pages/class.md`, say. `{{name}}` shows a text, escaped; `{{{name}}}` shows HTML and takes nothing else; \
    `{{#name}}…{{/name}}` is a section, shown for each element of a list, or if there is such a thing; `{{^name}}…{{/name}}` \
    is shown if there is none; `{{>partials/picture}}` puts a partial there; `{{!…}}` is a comment. Within a section the tags \
    of the models around it are known too. An unknown tag stops the build with file and line.
    - **Rules**: pages ask no other site for anything, have no inline script or style, and load at most 1 MB before anyone \
    scrolls, 20 kB of it style sheets and 20 kB scripts. `vitrine check site` says what is wrong in a finished site.

    ## Your own pages

    `pages: pages` in `exhibition.yaml` names a folder of Markdown files; each becomes `pages/<name>/index.html`, and \
    `index.md` introduces the exhibition. A page begins with a head:

    ```
    ---
    title: About these networks
    order: 2
    draft: true
    ---
    ```

    `title` is needed, `order` is its place in the menu (100 if left out), a draft is left out of the site. Other keys stop \
    the build. HTML in these pages is shown as text.

    ## Tags

    Each template has a table below, and before them come the parts that several share. `a › b` is the tag `b` in the \
    section `a`. All texts are ready to be shown, figures rounded and with their units. Links are relative to the page, \
    if nothing else is said. What follows `if there is one` may be missing, and a section of it then shows nothing.

    ## Parts that several templates share
    """
}
