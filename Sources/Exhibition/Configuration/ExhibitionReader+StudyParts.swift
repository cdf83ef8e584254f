import Study
import Support

extension ExhibitionReader {
  private typealias Part = Exhibition.StudyEntry.Part

  private static let partKeys = [
    "name", "task", "title", "question", "model", "classes", "units", "methods", "seed", "pictures", "pairs",
    "repeats", "catches", "practice", "low", "high",
  ]

  /// The parts that are written, or those of a published design.
  func studyParts(
    _ fields: Fields, _ entry: Entry, _ names: Names, _ exhibition: Exhibition
  ) -> [Exhibition.StudyEntry.Part] {
    if let design = fields["design"] {
      if let parts = fields["parts"] {
        parts.report("a study has either \"design\" or \"parts\"; remove one of them")
      }
      return self.parts(ofDesign: design, names, exhibition)
    }
    guard let list = fields["parts"] else { return parts(ofDesign: nil, names, exhibition, at: entry) }
    var parts: [Part] = []
    for member in list.list() {
      if let part = part(member, after: parts, names, exhibition) { parts.append(part) }
    }
    if list.isList, list.list().isEmpty { list.report("\"parts\" is empty; a study needs at least one") }
    return parts
  }

  // MARK: Published designs

  /// A: VITAL, section 4.3; B: Borowski et al. 2021, with natural pictures as an arm.
  private func parts(
    ofDesign design: Entry?, _ names: Names, _ exhibition: Exhibition, at entry: Entry? = nil
  ) -> [Part] {
    let word = design?.text() ?? "A"
    guard ["A", "B", "both"].contains(word), let place = design ?? entry else {
      design?.report("unknown design \"\(word)\"; it is A (rating and naming), B (choosing), or both")
      return []
    }
    guard let model = names.shownModels.first else { return [] }
    let seed = names.seeds.first ?? 0
    let classes = names.classes.map(\.name)
    let units = exhibition.units.filter { $0.model == model }.map(\.address)
    var parts: [Part] = []
    if word != "B" {
      // A word that was shown in the first part would be named in the last.
      let named = min(9, classes.count / 2)
      let rated = classes.prefix(min(10, classes.count - named))
      let naming = classes.dropFirst(rated.count).prefix(named)
      if rated.isEmpty { place.report("design A rates pictures of classes; add \"classes\"") }
      let methods = names.classMethods
      if !rated.isEmpty {
        parts.append(standard(.rating, .classes(Array(rated)), "words", model, methods, seed, place))
      }
      if !units.isEmpty {
        let shown = units.filter { !methodsOfUnits([$0], model, exhibition).isEmpty }
        parts.append(
          standard(
            .rating, .units(Array(shown.prefix(10))), "neurons", model,
            methodsOfUnits(Array(shown.prefix(10)), model, exhibition), seed, place))
      }
      if !naming.isEmpty {
        parts.append(standard(.word, .classes(Array(naming)), "naming", model, methods, seed, place))
      }
    }
    if word != "A" {
      if units.isEmpty { place.report("design B is about neurons of \(model); add \"units\"") }
      let shown = Array(units.prefix(9))
      parts.append(
        standard(
          .choice, .units(shown), "choosing", model,
          [Part.natural] + methodsOfUnits(shown, model, exhibition), seed, place))
    }
    for part in parts { check(part, place) }
    return parts
  }

  private func standard(
    _ task: StudyPart.Task, _ subjects: Exhibition.StudyEntry.Subjects, _ name: String, _ model: String,
    _ methods: [String], _ seed: UInt64, _ entry: Entry
  ) -> Part {
    let count = subjects.count
    return Part(
      name: name, task: task, arrangement: Self.arrangement(task), subjects: subjects, model: model,
      methods: methods, seed: seed, pictures: 9, pairs: min(7, max(2, methods.count)),
      repeats: Self.repeats(task, count), catches: Self.catches(task, count), practice: Self.practice(task),
      place: entry.place)
  }

  private static func arrangement(_ task: StudyPart.Task) -> StudyPart.Arrangement {
    switch task {
    case .rating: .together
    case .word: .rotated
    case .choice: .crossed
    }
  }

  private static func repeats(_ task: StudyPart.Task, _ count: Int) -> Int {
    task != .word && count >= 6 ? 2 : 0
  }

  /// A word has no plainly right answer: it can be spelled and said in many ways.
  private static func catches(_ task: StudyPart.Task, _ count: Int) -> Int {
    task == .word ? 0 : count >= 8 ? 2 : count >= 2 ? 1 : 0
  }

  private static func practice(_ task: StudyPart.Task) -> Int { task == .choice ? 2 : 1 }

  // MARK: Parts as they are written

  private func part(
    _ entry: Entry, after earlier: [Part], _ names: Names, _ exhibition: Exhibition
  ) -> Part? {
    guard let fields = entry.fields(Self.partKeys), let field = fields.required("task"),
      let task: StudyPart.Task = choice(field), let model = model(fields, names),
      let subjects = subjects(fields, entry, task, model, after: earlier, names, exhibition),
      let methods = methods(fields, subjects, task, model, names, exhibition)
    else { return nil }
    let usual =
      switch (task, subjects) {
      case (.rating, .classes): "words"
      case (.rating, .units): "neurons"
      case (.word, _): "naming"
      case (.choice, _): "choosing"
      }
    let seed = (fields["seed"].map { seeds($0, among: names.seeds) } ?? names.seeds).first ?? 0
    var part = standard(task, subjects, usual, model, methods, seed, entry)
    if let name = fields["name"] {
      guard let slug = slug(name) else { return nil }
      part.name = slug
    }
    part.title = fields["title"]?.text()
    part.question = fields["question"]?.text()
    part.low = fields["low"]?.text()
    part.high = fields["high"]?.text()
    part.pictures = fields["pictures"]?.integer(1...9) ?? part.pictures
    part.pairs = fields["pairs"]?.integer(1...7) ?? part.pairs
    part.repeats = fields["repeats"]?.integer(0...100) ?? part.repeats
    part.catches = fields["catches"]?.integer(0...100) ?? part.catches
    part.practice = fields["practice"]?.integer(0...10) ?? part.practice
    for key in ["pictures", "pairs"] where task != .choice {
      fields[key]?.report("\"\(key)\" is for choices only; remove it")
    }
    check(part, entry)
    return part
  }

  private func check(_ part: Part, _ entry: Entry) {
    if part.methods.count < 2 {
      entry.report(
        "part \"\(part.name)\" compares "
          + (part.methods.first.map { "only \($0)" } ?? "no methods")
          + "; it needs two that made pictures of all its targets")
    }
    if part.task == .choice, part.pairs < part.methods.count {
      entry.report("\"pairs\" is \(part.pairs); each of \(part.methods.count) methods needs one of its own")
    }
    if part.catches >= max(1, part.subjects.count), part.catches > 0 {
      entry.report(
        "\"catches\" is \(part.catches); there must be fewer than targets (\(part.subjects.count))")
    }
    if part.repeats > part.subjects.count / 2 || (part.task == .word && part.repeats > 0) {
      entry.report(
        "\"repeats\" is \(part.repeats); it is at most half of the targets, and 0 where words are written")
    }
  }

  /// A list of names, or how many of those that no earlier part took.
  private func subjects(
    _ fields: Fields, _ entry: Entry, _ task: StudyPart.Task, _ model: String, after earlier: [Part],
    _ names: Names, _ exhibition: Exhibition
  ) -> Exhibition.StudyEntry.Subjects? {
    if let units = fields["units"] {
      fields["classes"]?.report("a part is about classes or about units; remove one of them")
      guard task != .word else {
        units.report("a neuron has no name that could be guessed; write \"classes\"")
        return nil
      }
      let known = exhibition.units.filter { $0.model == model }.map(\.address)
      let chosen = self.chosen(units, among: known) {
        "\"\($0)\" is none of the exhibition's units of \(model)"
      }
      return chosen.map { .units($0) }
    }
    guard task != .choice else {
      entry.report("a choice is about neurons; write \"units\"")
      return nil
    }
    let taken = earlier.flatMap(\.subjects.classes)
    let free = names.classes.map(\.name).filter { !taken.contains($0) }
    guard let field = fields["classes"] else {
      if free.isEmpty { entry.report("no classes are left for this part; write \"classes\"") }
      return free.isEmpty ? nil : .classes(Array(free.prefix(10)))
    }
    let known = field.node.scalar == nil ? names.classes.map(\.name) : free
    return chosen(field, among: known) { "\"\($0)\" is none of the exhibition's classes" }.map {
      .classes($0)
    }
  }

  private func chosen(_ entry: Entry, among known: [String], _ fault: (String) -> String) -> [String]? {
    if !entry.isList, let word = entry.text(), let count = Int(word), !known.contains(word) {
      guard count >= 1, count <= known.count else {
        entry.report("\(entry.name) is \(count); there are \(known.count) to choose from")
        return nil
      }
      return Array(known.prefix(count))
    }
    var chosen: [String] = []
    for member in entry.list() {
      guard let name = member.text() else { continue }
      guard known.contains(name) else {
        member.report(fault(name) + Suggestion.clause(for: name, among: known))
        continue
      }
      if chosen.contains(name) { member.report("\"\(name)\" is listed twice; remove one of them") }
      chosen.append(name)
    }
    if entry.isList, entry.list().isEmpty { entry.report("\(entry.name) is empty") }
    return chosen.isEmpty ? nil : chosen
  }

  private func methods(
    _ fields: Fields, _ subjects: Exhibition.StudyEntry.Subjects, _ task: StudyPart.Task, _ model: String,
    _ names: Names, _ exhibition: Exhibition
  ) -> [String]? {
    let known: [String] =
      switch subjects {
      case .classes: names.classMethods
      case .units(let units):
        (task == .choice ? [Part.natural] : []) + methodsOfUnits(units, model, exhibition)
      }
    guard let entry = fields["methods"] else { return known }
    var chosen: [String] = []
    for member in entry.list() {
      guard let name = member.text() else { continue }
      if !known.contains(name) {
        member.report(
          "\"\(name)\" is no method of all targets of this part" + Suggestion.clause(for: name, among: known)
            + "; there are: \(known.joined(separator: ", "))")
      }
      if chosen.contains(name) { member.report("method \"\(name)\" is listed twice; remove one of them") }
      chosen.append(name)
    }
    return chosen
  }

  /// The methods that make pictures of all of some units.
  private func methodsOfUnits(_ units: [String], _ model: String, _ exhibition: Exhibition) -> [String] {
    let entries = exhibition.units.filter { $0.model == model && units.contains($0.address) }
    guard let first = entries.first else { return [] }
    return first.methods.filter { method in entries.allSatisfy { $0.methods.contains(method) } }
  }
}

extension Exhibition.StudyEntry.Subjects {
  /// How many there are.
  public var count: Int {
    switch self {
    case .classes(let names), .units(let names): names.count
    }
  }

  /// The classes; none if it is about neurons.
  var classes: [String] { if case .classes(let names) = self { names } else { [] } }
}
