import Support
import Visualization

/// What the exhibits of a configuration may refer to.
struct Names {
  let models: [String]
  /// Those of which pictures are made.
  let shownModels: [String]
  let classes: [Exhibition.ClassEntry]
  let methods: [String]
  /// Methods that show classes.
  let classMethods: [String]
  /// Methods that show inner units without natural pictures of a class.
  let innerMethods: [String]
  /// Methods whose pictures follow from the natural ones that they are given.
  let matchingMethods: [String]
  /// The same for neurons and other targets within a network.
  let innerMatchingMethods: [String]
  let hasReferences: Bool
  let seeds: [UInt64]

  init(exhibition: Exhibition, descriptions: [MethodFacts]) {
    models = exhibition.models.map(\.name)
    shownModels = exhibition.models.filter { $0.role == .shown }.map(\.name)
    classes = exhibition.classes
    methods = exhibition.methods.map(\.name)
    classMethods = exhibition.methods.filter { !$0.isInnerOnly }.map(\.name)
    innerMethods = exhibition.methods.filter { entry in
      descriptions.first { $0.name == entry.use }?.needsReferences == false
    }.map(\.name)
    matchingMethods = exhibition.methods.filter { entry in
      !entry.isInnerOnly && descriptions.first { $0.name == entry.use }?.matchesReferences == true
    }.map(\.name)
    innerMatchingMethods = exhibition.methods.filter { entry in
      descriptions.first { $0.name == entry.use }?.matchesReferences == true
    }.map(\.name)
    hasReferences = exhibition.references != nil
    seeds = exhibition.seeds
  }
}

extension ExhibitionReader {
  /// `units`: an address of the first model, or model, unit and methods.
  func unit(_ entry: Entry, _ names: Names) -> Exhibition.UnitEntry? {
    guard entry.isMapping else {
      guard let address = entry.text(), let model = names.models.first else { return nil }
      return Exhibition.UnitEntry(
        model: model, address: address, methods: names.innerMethods, place: entry.place)
    }
    guard let fields = entry.fields(["model", "unit", "methods", "seeds"]), let model = model(fields, names),
      let field = fields.required("unit"), let address = field.text(),
      let methods = chosenMethods(fields, names, standard: names.innerMethods)
    else { return nil }
    return Exhibition.UnitEntry(
      model: model, address: address, methods: methods, seeds: ownSeeds(fields, names), place: field.place)
  }

  /// `labels`: for each model what its channels and other targets are called, by address.
  func labels(_ entry: Entry?, _ names: Names) -> [Exhibition.LabelEntry] {
    (entry?.pairs() ?? []).flatMap { key, value -> [Exhibition.LabelEntry] in
      guard let model = key.text() else { return [] }
      guard names.models.contains(model) else {
        key.report("unknown model \"\(model)\"" + Suggestion.clause(for: model, among: names.models))
        return []
      }
      return value.pairs().compactMap { address, label in
        guard let address = address.text(), let text = label.text() else { return nil }
        return Exhibition.LabelEntry(model: model, address: address, label: text, place: label.place)
      }
    }
  }

  /// `circuits`: a class of the exhibition, and how much of it is shown.
  func circuit(_ entry: Entry, _ names: Names) -> Exhibition.CircuitEntry? {
    guard let fields = entry.fields(["name", "model", "class", "channels", "depth", "methods", "seeds"]),
      let model = model(fields, names), let className = chosenClass(fields, "class", names, references: true),
      let methods = chosenMethods(fields, names, standard: names.innerMethods)
    else { return nil }
    let name = fields["name"]?.text() ?? "\(className) in \(model)"
    return Exhibition.CircuitEntry(
      name: name, slug: Slug.make(name), model: model, className: className,
      channels: fields["channels"]?.integer(1...64) ?? 3, depth: fields["depth"]?.integer(1...5) ?? 2,
      methods: methods, seeds: ownSeeds(fields, names), place: entry.place)
  }

  /// An exhibit's `seeds`, some of the exhibition's; `nil` for all.
  func ownSeeds(_ fields: Fields, _ names: Names) -> [UInt64]? {
    fields["seeds"].map { ownSeeds($0, among: names.seeds) }
  }

  /// The model of an exhibit: the first one if none is written.
  func model(_ fields: Fields, _ names: Names) -> String? {
    guard let entry = fields["model"] else { return names.models.first }
    guard let name = entry.text() else { return nil }
    if names.models.contains(name) { return name }
    // Without any model, what is wrong with "models" was said already.
    if !names.models.isEmpty {
      let clause = Suggestion.clause(for: name, among: names.models)
      let known = "; the exhibition has: " + names.models.joined(separator: ", ")
      entry.report("unknown model \"\(name)\"" + (clause.isEmpty ? known : clause))
    }
    return nil
  }

  /// A class of the exhibition; with `references`, one whose natural pictures are needed.
  func chosenClass(_ fields: Fields, _ key: String, _ names: Names, references: Bool) -> String? {
    guard let entry = fields.required(key), let name = entry.text() else { return nil }
    guard names.classes.contains(where: { $0.name == name }) else {
      unknownClass(name, entry, names)
      return nil
    }
    if references, !names.hasReferences {
      entry.report("natural pictures of \"\(name)\" are needed; add \"references\" with their folder")
    }
    return name
  }

  func unknownClass(_ name: String, _ entry: Entry, _ names: Names) {
    let clause = Suggestion.clause(for: name, among: names.classes.map(\.name))
    entry.report(
      "\"\(name)\" is none of the exhibition's classes"
        + (clause.isEmpty ? "; add it to \"classes\"" : clause))
  }

  /// An exhibit's `methods`: some of the exhibition's, `standard` if that is left out.
  func chosenMethods(_ fields: Fields, _ names: Names, standard: [String]) -> [String]? {
    guard let entry = fields["methods"] else { return standard }
    var chosen: [String] = []
    for member in entry.list() {
      guard let name = member.text() else { continue }
      if names.methods.contains(name) {
        if chosen.contains(name) { member.report("method \"\(name)\" is listed twice; remove one of them") }
        chosen.append(name)
      } else if !names.methods.isEmpty {
        let clause = Suggestion.clause(for: name, among: names.methods)
        let list = "; the exhibition has: " + names.methods.joined(separator: ", ")
        member.report("unknown method \"\(name)\"" + (clause.isEmpty ? list : clause))
      }
    }
    return chosen
  }
}
