import Support
import Visualization

extension PlanDraft {
  /// How many pictures of a folder are looked at for a difference: a mean hardly changes after some hundreds.
  private static let greatestSide = 500

  /// Directions that make up a class, or given ones, where in pictures they are strong and, once they are known, their
  /// pictures.
  func addConcept(_ entry: Exhibition.ConceptEntry) {
    guard let (job, model) = conceptJob(entry) else { return }
    plan.add(job, as: Job.Key(kind: .concept, model: model.name, subject: .concept(entry.name)))
    guard let concept = planner.store.record(job.identity)?.concept else {
      let count = entry.show * pictures(of: entry.methods, entry.seeds)
      plan.addPending(
        Plan.Pending(
          parent: job.identity, kind: .visualization, count: count,
          title: "directions of concept \(entry.name)", examples: examples(entry.methods, model, after: job)))
      return
    }
    addMaps(of: concept, entry, model, after: job)
    for direction in concept.directions.prefix(entry.show) {
      let target = Record.Target(
        kind: .direction, classIndex: concept.classIndex, label: concept.label, layer: concept.layer,
        channel: direction.index, address: "concept:\(entry.name)/\(direction.index)")
      for name in entry.methods {
        guard let method = exhibition.method(named: name) else { continue }
        let subject = Job.Subject.direction(concept: entry.name, index: direction.index)
        addInner(
          target, subject, layer: concept.layer, model, method,
          seeds: exhibition.seeds(of: method, in: entry.seeds), parent: job, isCommand: false)
      }
    }
  }

  /// Where in the pictures that have their best patches directions are strong.
  private func addMaps(
    of concept: Record.Concept, _ entry: Exhibition.ConceptEntry, _ model: Exhibition.ModelEntry,
    after job: Job
  ) {
    guard concept.directions.contains(where: { !$0.patches.isEmpty }),
      attempt(at: entry.place, { try library.layer(concept.layer, in: model.name) })?.hasPlaces == true
    else { return }
    let target = Record.Target(
      kind: .direction, classIndex: concept.classIndex, label: concept.label, layer: concept.layer,
      address: "concept:\(entry.name)")
    guard var recipe = recipe(model.name, target) else { return }
    recipe.inputs = [job.identity]
    recipe.settings = ["show": .number(Double(entry.show)), "pictures": .number(4)]
    let maps = Job(
      kind: .attribution, recipe: recipe, title: "where the directions of \(entry.name) are strong",
      sources: job.sources, command: runCommand)
    plan.add(maps, as: Job.Key(kind: .attribution, model: model.name, subject: .concept(entry.name)))
  }

  /// The job that finds the directions.
  private func conceptJob(_ entry: Exhibition.ConceptEntry) -> (Job, Exhibition.ModelEntry)? {
    let title = "concept \(entry.name)"
    switch entry.origin {
    case .className(let name, let count):
      return discovery(
        name, entry.model, entry.place, kind: .concept, title: title,
        settings: ["count": .number(Double(count)), "factorization": .text("non-negative")])
    case .file(let path, let tensor, let layer):
      guard let hash = attempt(at: entry.place, { try planner.cache.digest(of: path) }),
        let facts = attempt(at: entry.place, { try library.layer(layer, in: entry.model) }),
        let width = directionWidth(path, tensor, hash, entry.place)
      else { return nil }
      guard width == facts.channels else {
        report(
          entry.place,
          "the directions of \(path) have \(width) weights, but \(layer) has \(facts.channels) channels")
        return nil
      }
      let source = Job.Source(path: path, name: path, classIndex: 0, role: .directions)
      return givenConcept(
        entry, layer: facts.name, title: title, hashes: [hash], sources: [source],
        settings: ["origin": .text("file"), "tensor": .text(tensor ?? "")])
    case .difference(let with, let without, let layer):
      guard let facts = attempt(at: entry.place, { try library.layer(layer, in: entry.model) }),
        let high = attempt(
          at: entry.place, { try planner.shelf.pictures(in: with, count: Self.greatestSide) }),
        let low = attempt(
          at: entry.place, { try planner.shelf.pictures(in: without, count: Self.greatestSide) })
      else { return nil }
      return givenConcept(
        entry, layer: facts.name, title: title, hashes: [high.hash, low.hash],
        sources: sources(high, classIndex: 0, role: .with)
          + sources(low, classIndex: 0, role: .without),
        settings: ["origin": .text("difference")])
    }
  }

  /// How many weights the directions of a file have; what is wrong with the file is reported where it is named.
  private func directionWidth(_ path: String, _ tensor: String?, _ hash: String, _ place: Place) -> Int? {
    do {
      return try planner.cache.fact("directions \(path) \(tensor ?? "")", fingerprint: hash) {
        try DirectionFile(path: path, tensor: tensor).directions[0].count
      }
    } catch {
      report(place, "\(error)")
      return nil
    }
  }

  /// A job on directions that weren't found in a class. The sources of the directions come first, then all references, in
  /// which their patches are searched.
  private func givenConcept(
    _ entry: Exhibition.ConceptEntry, layer: String, title: String, hashes: [String], sources: [Job.Source],
    settings: [String: SettingValue]
  ) -> (Job, Exhibition.ModelEntry)? {
    let target = Record.Target(kind: .direction, layer: layer, address: "directions:\(layer)")
    guard let model = exhibition.model(named: entry.model), var recipe = recipe(model.name, target) else {
      return nil
    }
    var (hashes, sources) = (hashes, sources)
    if exhibition.references != nil {
      for entry in exhibition.classes {
        guard let pictures = references(entry) else { return nil }
        sources += self.sources(pictures, classIndex: 0, className: entry.name)
        hashes.append(pictures.hash)
      }
    }
    recipe.referencesHash = Digest.sha256(hashes.joined(separator: "\n"))
    recipe.settings = settings.merging(["count": .number(50)]) { $1 }
    recipe.seed = 0
    let job = Job(kind: .concept, recipe: recipe, title: title, sources: sources, command: runCommand)
    return (job, model)
  }
}
