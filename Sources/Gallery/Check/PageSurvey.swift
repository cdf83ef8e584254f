/// What a check needs to know of a page, so that the page itself needn't be kept.
struct PageSurvey {
  /// Faults that the page has by itself.
  let faults: [PageFault]
  private(set) var anchors: Set<String> = []
  let references: [LinkCheck.Reference]
  /// The bytes of its markup.
  let size: Int
  /// The pictures that are loaded before a visitor scrolls.
  private(set) var eager: [String] = []
  private(set) var scripts: [String] = []
  private(set) var styles: [String] = []
  /// The page's own whole address, if it names one.
  private(set) var canonical: String?

  /// Surveys a document's text.
  init(_ document: String) { self.init(Array(document.utf8)) }

  /// Surveys a document's bytes in UTF-8.
  init(_ document: [UInt8]) {
    let elements = HTMLElement.scan(document)
    faults =
      PictureCheck.faults(in: elements) + HeadingCheck.faults(in: elements)
      + FieldCheck.faults(in: elements) + PolicyCheck.faults(in: elements)
    references = LinkCheck.references(in: elements)
    size = document.count
    for element in elements where !element.isEnd {
      let attributes = element.attributes
      func add(_ key: String, to list: inout [String]) {
        if let value = attributes[key] { list.append(value) }
      }
      if let id = attributes["id"] { anchors.insert(id) }
      switch element.name {
      case "img" where attributes["loading"] != "lazy": add("src", to: &eager)
      case "script": add("src", to: &scripts)
      case "link" where attributes["rel"] == "stylesheet": add("href", to: &styles)
      case "link" where attributes["rel"] == "canonical": canonical = attributes["href"]
      default: break
      }
    }
  }
}
