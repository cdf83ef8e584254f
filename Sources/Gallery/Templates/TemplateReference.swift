/// The reference of all templates and their tags, made from the page models.
public enum TemplateReference {
  /// The page in Markdown.
  public static func markdown() throws -> String {
    var parts = [introduction]
    func section<Kind: PageKind>(_ kind: Kind.Type) throws {
      parts.append(text(of: Kind.template + ".md", try Shape.of(Kind.Model.self)))
    }
    for kind in PageKinds.all { try section(kind) }
    parts.append(text(of: Layout.template + ".html", try Shape.of(Layout.Model.self)))
    return parts.joined(separator: "\n\n")
  }

  private static func text(of file: String, _ shape: Shape) -> String {
    (["## `\(file)`", "", "| tag | what it is |", "|---|---|"] + rows(of: shape, within: "")).joined(
      separator: "\n")
  }

  /// A row for each tag; those of an inner model follow their section.
  private static func rows(of shape: Shape, within path: String) -> [String] {
    shape.names.flatMap { name -> [String] in
      guard let inner = shape[name] else { return [] }
      let (kind, element) = describe(inner)
      let place = path + name
      return ["| `\(place)` | \(kind) |"] + rows(of: element, within: place + " › ")
    }
  }

  /// What a value is, and the model whose tags a section of it adds.
  private static func describe(_ shape: Shape) -> (kind: String, element: Shape) {
    switch shape {
    case .text: return ("text", shape)
    case .html: return ("HTML, written `{{{…}}}`", shape)
    case .flag: return ("yes or no: a section", shape)
    case .object: return ("a section", shape)
    case .list(let element):
      return (element.names.isEmpty ? "a list of texts, each `{{.}}`" : "a list: a section for each", element)
    case .optional(let inner):
      let (kind, element) = describe(inner)
      return (kind + ", if there is one", element)
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

    The tags of each template follow. `a › b` is the tag `b` in the section `a`.
    """
}
