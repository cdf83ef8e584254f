import Support

/// Compares a template's tags with what its page model holds. Mustache itself shows an unknown name as
/// nothing, which nobody notices.
struct TemplateCheck {
  /// All templates by their name, for partials.
  let templates: [String: Template]

  /// Checks a template and its partials against a shape. Throws with file and line.
  func check(_ template: Template, against shape: Shape) throws(GalleryError) {
    try check(template, stack: [shape], including: [])
  }

  private func check(_ template: Template, stack: [Shape], including: [String]) throws(GalleryError) {
    guard !including.contains(template.source.name) else {
      throw GalleryError(
        file: template.source.file, message: "the partial \"\(template.source.name)\" includes itself")
    }
    try check(template.parts, of: template, stack: stack, including: including + [template.source.name])
  }

  private func check(
    _ parts: [Template.Part], of template: Template, stack: [Shape], including: [String]
  ) throws(GalleryError) {
    for part in parts {
      switch part {
      case .literal: break
      case .value(let tag): try checkValue(tag, stack, template)
      case .section(let tag, let inner), .inverted(let tag, let inner):
        let shape = try sectionShape(tag, stack, template)
        try check(inner, of: template, stack: stack + [shape], including: including)
      case .partial(let tag):
        guard let partial = templates[tag.name] else {
          let partials = templates.keys.filter { $0.hasPrefix("partials/") }.sorted()
          let hint = Suggestion.clause(for: tag.name, among: partials)
          throw fault(tag, template, "unknown partial \"\(tag.name)\"\(hint)")
        }
        try check(partial, stack: stack, including: including)
      }
    }
  }

  private func checkValue(
    _ tag: TemplateTag, _ stack: [Shape], _ template: Template
  ) throws(GalleryError) {
    var shape = try lookUp(tag, stack, template)
    if case .optional(let inner) = shape { shape = inner }
    let name = tag.name
    switch (shape, tag.kind) {
    case (.text, .text), (.html, .raw): break
    case (.html, _): throw fault(tag, template, "\"\(name)\" is HTML; write {{{\(name)}}}")
    case (.text, _):
      throw fault(tag, template, "\"\(name)\" is text and must be escaped; write {{\(name)}}")
    default:
      throw fault(tag, template, "\"\(name)\" is no text; use it as a section {{#\(name)}}")
    }
  }

  /// The shape that a section puts on the stack.
  private func sectionShape(
    _ tag: TemplateTag, _ stack: [Shape], _ template: Template
  ) throws(GalleryError) -> Shape {
    let shape = try lookUp(tag, stack, template)
    // A flag, like whatever isn't there, adds no names.
    let none = Shape.flag
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
    _ tag: TemplateTag, _ stack: [Shape], _ template: Template
  ) throws(GalleryError) -> Shape {
    if tag.path.isEmpty, let top = stack.last { return top }
    for shape in stack.reversed() {
      guard let first = tag.path.first, var found = shape[first] else { continue }
      for name in tag.path.dropFirst() {
        guard let next = found[name] else {
          let hint = Suggestion.clause(for: name, among: found.names)
          throw fault(tag, template, "unknown tag \"\(tag.name)\"\(hint)")
        }
        found = next
      }
      return found
    }
    // Models within each other may share names.
    let hint = Suggestion.clause(for: tag.name, among: Set(stack.flatMap(\.names)).sorted())
    throw fault(tag, template, "unknown tag \"\(tag.name)\"\(hint)")
  }

  private func fault(_ tag: TemplateTag, _ template: Template, _ message: String) -> GalleryError {
    GalleryError(file: template.source.file, line: tag.line, message: message)
  }
}
