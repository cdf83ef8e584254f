/// What a check needs to know of a page, so that the page itself needn't be kept.
struct PageSurvey {
  /// Faults that the page has by itself.
  let faults: [PageFault]
  let anchors: Set<String>
  let references: [LinkCheck.Reference]
  /// The bytes of its markup.
  let size: Int

  init(_ document: String) {
    let elements = HTMLElement.scan(document)
    faults =
      PictureCheck.faults(in: elements) + HeadingCheck.faults(in: elements)
      + FieldCheck.faults(in: elements) + PolicyCheck.faults(in: elements)
    anchors = Set(elements.lazy.filter { !$0.isEnd }.compactMap { $0.attributes["id"] })
    references = LinkCheck.references(in: elements)
    size = document.utf8.count
    eager = elements.compactMap { element in
      guard !element.isEnd, element.name == "img", element.attributes["loading"] != "lazy" else { return nil }
      return element.attributes["src"]
    }
    scripts = elements.compactMap { !$0.isEnd && $0.name == "script" ? $0.attributes["src"] : nil }
    styles = elements.compactMap {
      !$0.isEnd && $0.name == "link" && $0.attributes["rel"] == "stylesheet" ? $0.attributes["href"] : nil
    }
  }

  /// The pictures that are loaded before a visitor scrolls.
  let eager: [String]
  let scripts: [String]
  let styles: [String]
}
