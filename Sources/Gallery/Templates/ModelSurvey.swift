/// The models that templates show, each once, and what is wrong with what they say of themselves.
struct ModelSurvey {
  /// Every model, the outer ones first.
  private(set) var models: [Shape.Object] = []
  /// In which templates each stands, by their place in the list.
  private var places: [ObjectIdentifier: Set<Int>] = [:]

  /// Looks at the models of some templates and at all within them.
  init(of templates: [Shape]) {
    for (place, shape) in templates.enumerated() {
      if let object = shape.object { visit(object, in: place) }
    }
  }

  private mutating func visit(_ object: Shape.Object, in place: Int) {
    let identity = ObjectIdentifier(object.model)
    let isNew = places[identity] == nil
    places[identity, default: []].insert(place)
    if isNew { models.append(object) }
    // What is within a shared model stands where that is described, and not in each template.
    guard isNew || object.part == nil else { return }
    for inner in object.values.compactMap(\.shape.object) { visit(inner, in: place) }
  }

  /// The models that are described once, by their names.
  var parts: [(part: any SharedPageModel.Type, object: Shape.Object)] {
    models.compactMap { object in object.part.map { ($0, object) } }.sorted {
      $0.part.partName < $1.part.partName
    }
  }

  /// What is wrong, in words; nothing if each value has a meaning and each meaning a value.
  var faults: [String] {
    let names = parts.map { $0.part.partName }
    let twice = zip(names, names.dropFirst()).filter { $0 == $1 }.map { "two parts are called \"\($0.0)\"" }
    return models.flatMap(faults) + twice
  }

  private func faults(_ object: Shape.Object) -> [String] {
    let meanings = object.model.meanings
    let names = object.values.map(\.name)
    var faults = names.filter { meanings[$0] == nil }.map { "\"\($0)\" has no meaning" }
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
      if !names.contains(name) { faults.append("\"\(name)\" has a meaning, but there is no such tag") }
      if meaning.allSatisfy(\.isWhitespace) { faults.append("the meaning of \"\(name)\" is empty") }
      // It stands in a cell of a table, among other phrases.
      if meaning.contains(where: { $0 == "|" || $0.isNewline }) || meaning.hasSuffix(".") {
        faults.append("the meaning of \"\(name)\" isn't a phrase in a line, without \"|\" and full stop")
      }
    }
    if object.part == nil, places[ObjectIdentifier(object.model)].map({ $0.count > 1 }) == true {
      faults.append("several templates show it, so that it must be a SharedPageModel")
    }
    return faults.map { "\(String(reflecting: object.model)): \($0)" }
  }
}

extension Shape.Object {
  /// The model's type, if the reference describes it once for all templates.
  var part: (any SharedPageModel.Type)? { model as? any SharedPageModel.Type }
}
