import Support

/// Compares a template's tags with what its page model holds. Mustache itself shows an unknown name as
/// nothing, which nobody notices.
struct TemplateCheck {
  /// A template's text by its name.
  let source: (String) -> TemplateSource?
  /// The names of all partials, for suggestions.
  let partials: [String]

  /// Checks a template and its partials against a shape.
  func check(_ template: TemplateSource, against shape: Shape) throws(GalleryError) {
    try check(template, stack: [shape], including: [])
  }

  private func check(
    _ template: TemplateSource, stack outer: [Shape], including: [String]
  ) throws(GalleryError) {
    guard !including.contains(template.name) else {
      throw GalleryError(file: template.file, message: "the partial \"\(template.name)\" includes itself")
    }
    var stack = outer
    var sections: [TemplateTag] = []
    for tag in try TemplateTag.scan(template.text, file: template.file) {
      switch tag.kind {
      case .comment: break
      case .text, .raw: try checkValue(tag, stack, template)
      case .section, .inverted:
        sections.append(tag)
        stack.append(try sectionShape(tag, stack, template))
      case .end:
        guard let open = sections.popLast(), open.name == tag.name else {
          throw fault(tag, template, "{{/\(tag.name)}} closes a section that isn't open")
        }
        stack.removeLast()
      case .partial:
        guard let partial = source(tag.name) else {
          let hint = Suggestion.clause(for: tag.name, among: partials)
          throw fault(tag, template, "unknown partial \"\(tag.name)\"\(hint)")
        }
        try check(partial, stack: stack, including: including + [template.name])
      }
    }
    if let open = sections.last {
      throw fault(open, template, "the section {{#\(open.name)}} is never closed")
    }
  }

  private func checkValue(_ tag: TemplateTag, _ stack: [Shape], _ template: TemplateSource)
    throws(GalleryError)
  {
    var shape = try lookUp(tag, stack, template)
    if case .optional(let inner) = shape { shape = inner }
    switch (shape, tag.kind) {
    case (.text, .text), (.html, .raw): break
    case (.html, _): throw fault(tag, template, "\"\(tag.name)\" is HTML; write {{{\(tag.name)}}}")
    case (.text, _):
      throw fault(tag, template, "\"\(tag.name)\" is text and must be escaped; write {{\(tag.name)}}")
    default:
      throw fault(tag, template, "\"\(tag.name)\" is no text; use it as a section {{#\(tag.name)}}")
    }
  }

  /// The shape that a section puts on the stack.
  private func sectionShape(
    _ tag: TemplateTag, _ stack: [Shape], _ template: TemplateSource
  ) throws(GalleryError) -> Shape {
    let shape = try lookUp(tag, stack, template)
    let none = Shape.object([:])
    switch shape {
    case .flag: return none
    case .list(let element): return tag.kind == .section ? element : none
    case .optional(let inner): return tag.kind == .section ? inner : none
    case .object: return shape
    case .text, .html:
      throw fault(tag, template, "\"\(tag.name)\" is always there, so a section of it has no meaning")
    }
  }

  private func lookUp(
    _ tag: TemplateTag, _ stack: [Shape], _ template: TemplateSource
  ) throws(GalleryError) -> Shape {
    if tag.name == ".", let top = stack.last { return top }
    let path = tag.name.split(separator: ".").map(String.init)
    for shape in stack.reversed() {
      guard let first = path.first, var found = shape[first] else { continue }
      for name in path.dropFirst() {
        guard let next = found[name] else {
          let hint = Suggestion.clause(for: name, among: found.names)
          throw fault(tag, template, "unknown tag \"\(tag.name)\"\(hint)")
        }
        found = next
      }
      return found
    }
    let hint = Suggestion.clause(for: tag.name, among: stack.flatMap(\.names))
    throw fault(tag, template, "unknown tag \"\(tag.name)\"\(hint)")
  }

  private func fault(_ tag: TemplateTag, _ template: TemplateSource, _ message: String) -> GalleryError {
    GalleryError(file: template.file, line: tag.line, message: message)
  }
}
