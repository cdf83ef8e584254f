import Study

extension PlanDraft {
  /// What a choice shows of its neurons beyond what the exhibition has: natural pictures for the grids and the queries, and
  /// by each method as many pictures as a grid has, of what excites the neuron most and least.
  func addStudy(_ entry: Exhibition.StudyEntry) {
    for part in entry.parts where part.task == .choice {
      guard case .units(let units) = part.subjects, let model = exhibition.model(named: part.model) else {
        continue
      }
      guard exhibition.references != nil else {
        report(part.place, "a choice shows natural pictures; add \"references\" with their folder")
        continue
      }
      for address in units { addChoice(address, part, of: entry, model) }
    }
  }

  private func addChoice(
    _ address: String, _ part: Exhibition.StudyEntry.Part, of entry: Exhibition.StudyEntry,
    _ model: Exhibition.ModelEntry
  ) {
    guard let facts = attempt(at: part.place, { try library.target(address, in: model.name) }) else { return }
    let shown = Double(part.pictures + part.pairs + part.practicePairs)
    let target = Record.Target(facts)
    addPatches(
      model.name, target, place: part.place,
      settings: ["show": .number(shown), "count": .number(50), "lowest": .number(shown)],
      as: .studyUnit(study: entry.name, part: part.name, address: address))
    guard let opposite = attempt(at: part.place, { try library.target("-\(address)", in: model.name) }) else {
      return
    }
    let patches = addPatches(model.name, target, place: part.place)
    let opposites = Record.Target(opposite)
    plan.note(opposites, of: Plan.Written(model: model.name, address: "-\(address)"))
    let methods = part.methods.filter { $0 != Exhibition.StudyEntry.Part.natural }
      .compactMap(exhibition.method(named:))
    let needsPatches = methods.contains { needsPictures(ofTarget: $0.use) }
    let least = needsPatches ? addPatches(model.name, opposites, place: part.place) : nil
    for method in methods {
      for (target, parent) in [(target, patches), (opposites, least)] {
        addInner(
          target, .init(target), layer: facts.within, model, method, seeds: part.gridSeeds, parent: parent,
          isCommand: true)
      }
    }
  }
}

extension Exhibition.StudyEntry.Part {
  /// The seeds of a grid's pictures.
  public var gridSeeds: [UInt64] { (0..<UInt64(pictures)).map { seed + $0 } }

  /// How many pairs of queries are kept for practice: of 16 natural pictures at either end those that are left.
  public var practicePairs: Int { min(practice, 16 - pictures - pairs) }
}
