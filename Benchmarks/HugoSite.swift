import Foundation
import Gallery

/// The pages of a gallery as a site of Hugo's: the same Markdown, and our layout in its template language.
struct HugoSite {
  let folder: String

  /// Hugo's version; `nil` if it isn't installed.
  static func version() -> String? {
    let output = Pipe()
    guard (try? Program.run(["hugo", "version"], output: output)) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.split(separator: " ").dropFirst().first.map(String.init)
  }

  /// Writes the site anew. Pictures and other files come from `site`, ours of the same exhibition.
  func make(_ pages: [MarkdownPage], from site: String) throws {
    let files = FileManager.default
    try? files.removeItem(atPath: folder)
    for name in ["content", "layouts/_default", "static"] {
      try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    for name in ["media", "assets", "records", "records.json"] {
      try files.copyItem(atPath: site + "/" + name, toPath: folder + "/static/" + name)
    }
    try write(Self.configuration, to: "hugo.toml")
    try write(Self.layout, to: "layouts/_default/single.html")
    for (index, page) in pages.enumerated() {
      let head: [String: Any] = [
        "title": page.title, "url": "/" + page.path, "description": page.description, "kindOfPage": page.kind,
        "root": page.root, "crumbs": page.crumbs.map { ["url": $0.url, "text": $0.text] },
      ]
      let json = try JSONSerialization.data(withJSONObject: head, options: [.sortedKeys, .prettyPrinted])
      try write(String(decoding: json, as: UTF8.self) + "\n\n" + page.markdown, to: "content/\(index).md")
    }
  }

  /// Builds it from nothing.
  func build() throws { try Program.run(["hugo", "--quiet", "--source", folder]) }

  /// How many pages a build made.
  func count() -> Int {
    let names = FileManager.default.enumerator(atPath: folder + "/public")
    return names?.count { ($0 as? String)?.hasSuffix(".html") == true } ?? 0
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  private static let configuration = """
    baseURL = "/"
    title = "A thousand classes"
    disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
    [markup.goldmark.renderer]
    unsafe = true
    [markup.goldmark.parser]
    autoHeadingID = false
    [markup.goldmark.extensions]
    typographer = false
    [[params.menu]]
    url = "classes/index.html"
    text = "Classes"
    [[params.menu]]
    url = "compare/index.html"
    text = "Compare"
    [[params.menu]]
    url = "search/index.html"
    text = "Search"
    [[params.more]]
    url = "methods/index.html"
    text = "Methods"
    [[params.more]]
    url = "models/index.html"
    text = "Models"
    [[params.more]]
    url = "pages/about/index.html"
    text = "About"

    """

  private static let layout = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <title>{{ .Title }} · {{ site.Title }}</title>
    <meta name="description" content="{{ .Description }}">
    <link rel="icon" href="{{ .Params.root }}assets/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="{{ .Params.root }}assets/gallery.css">
    <script src="{{ .Params.root }}assets/gallery.js"></script>
    {{ if eq .Params.kindOfPage "work" }}<script src="{{ .Params.root }}assets/film.js"></script>{{ end }}
    </head>
    <body class="{{ .Params.kindOfPage }}">
    <a class="skip" href="#content">Skip to the content</a>
    <header class="site-head">
    <a class="site-title" href="{{ .Params.root }}index.html"><bdi>{{ site.Title }}</bdi></a>
    <nav aria-label="Exhibition">
    <ul>
    {{ range site.Params.menu }}
    <li><a href="{{ $.Params.root }}{{ .url }}"{{ if strings.HasSuffix $.RelPermalink .url }} aria-current="true"{{ end }}><bdi>{{ .text }}</bdi></a></li>
    {{ end }}
    </ul>
    </nav>
    <button type="button" class="theme" data-theme-switch hidden>Theme</button>
    </header>
    <main id="content" tabindex="-1">
    {{ with .Params.crumbs }}
    <nav class="crumbs" aria-label="Where you are">
    <ol>
    {{ range . }}
    <li><a href="{{ .url }}"><bdi>{{ .text }}</bdi></a></li>
    {{ end }}
    </ol>
    </nav>
    {{ end }}
    {{ .Content }}
    </main>
    <footer class="site-foot">
    <nav aria-label="About">
    <ul>
    {{ range site.Params.more }}
    <li><a href="{{ $.Params.root }}{{ .url }}"{{ if strings.HasSuffix $.RelPermalink .url }} aria-current="true"{{ end }}><bdi>{{ .text }}</bdi></a></li>
    {{ end }}
    <li><a href="{{ .Params.root }}records.json">All records</a></li>
    </ul>
    </nav>
    <p class="made">Made with Hugo</p>
    </footer>
    </body>
    </html>

    """
}
