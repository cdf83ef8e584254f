import Attribution
import Imaging
import Models
import Visualization

extension ExhibitionWorker {
  /// The directions that make up a class, each with the patches in which it is strongest.
  func concept(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    let (classIndex, label) = try classOf(job)
    var settings = ConceptBank.Settings()
    settings.count = job.recipe.count("count")
    let bank = try ConceptBank.find(
      in: model, class: classIndex, pictures: job.sources.count, seed: job.recipe.seed ?? 0,
      settings: settings,
      options: try options(job, threads), picture: { try model.prepare(job.sources[$0]) },
      progress: { try progress(Double($0.done) / Double(max(1, $0.total))) })
    var files: [String: Store.NewFile] = [:]
    var directions: [Record.Concept.Direction] = []
    for (index, concept) in bank.concepts.enumerated() {
      let kept = try keep(concept.patches, as: "direction-\(index)", job)
      files.merge(kept.files) { $1 }
      directions.append(
        Record.Concept.Direction(
          index: index, importance: concept.importance, weights: concept.direction, patches: kept.patches))
    }
    return Artifact(
      payload: .concept(
        Record.Concept(
          classIndex: classIndex, label: label, layer: bank.layer, explained: bank.explained,
          directions: directions)), files: files)
  }

  /// Directions of a file, or from one folder's pictures to another's, each with the patches of all references in which
  /// it is strongest.
  func givenConcept(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    guard let layer = job.recipe.target.layer else { throw WorkError(reason: "\(job.title) lacks its layer") }
    let made = try directions(job, layer, in: model, threads: threads) { (part) throws(CancellationError) in
      try progress(0.3 * part)
    }
    var files: [String: Store.NewFile] = [:]
    var directions = made.weights.enumerated().map {
      Record.Concept.Direction(index: $0, importance: nil, weights: $1, patches: [])
    }
    let references = job.replacingSources(job.sources.filter { $0.role == .reference })
    if !references.sources.isEmpty {
      let targets = made.weights.map { Target.direction(layer: layer, weights: $0) }
      let found = try search(targets, references, threads: threads) { (part) throws(CancellationError) in
        try progress(0.3 + 0.7 * part)
      }
      for (place, unit) in found.units.enumerated() {
        let best = found.index.best(unit, job.recipe.count("count"))
        let kept = try keep(
          best.prefix(Self.shownPatches).map(found.cutter.cut), as: "direction-\(place)", references)
        files.merge(kept.files) { $1 }
        directions[place].patches = kept.patches
        directions[place].regions = best.map { region($0, found.cutter, references) }
        directions[place].figures = .init(found.index.figures(unit), skipped: found.index.skipped.count)
      }
    }
    return Artifact(
      payload: .concept(
        Record.Concept(
          layer: layer, origin: made.origin, toldApart: made.toldApart, directions: directions)), files: files
    )
  }

  private func directions(
    _ job: Job, _ layer: String, in model: Model, threads: Int,
    progress: (Double) throws(CancellationError) -> Void
  ) throws -> (weights: [[Float]], origin: Record.Concept.Origin, toldApart: Double?) {
    if let file = job.sources.first(where: { $0.role == .directions }) {
      let tensor: String? =
        if case .text(let name) = job.recipe.settings["tensor"], !name.isEmpty { name } else { nil }
      return (try DirectionFile(path: file.path, tensor: tensor).directions, .file, nil)
    }
    let with = job.sources.filter { $0.role == .with }
    let without = job.sources.filter { $0.role == .without }
    let vector = try ConceptActivationVector.find(
      in: model, layer: layer, with: with.count, without: without.count, options: try options(job, threads),
      picture: { try model.prepare($0 ? with[$1] : without[$1]) },
      progress: { try progress(Double($0.done) / Double(max(1, $0.total))) })
    return ([vector.direction], .difference, vector.toldApart)
  }

  /// Where the directions that the job before has found are strong, in the pictures that have their best patches.
  func conceptMaps(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    guard let input = job.recipe.inputs.first, let concept = store.record(input)?.concept else {
      throw WorkError(reason: "the concept of \(job.title) is not in the store; run its job again")
    }
    let model = try library.model(job.recipe.model)
    let sources = Dictionary(job.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let mapper = try ConceptMapper(
      concept.directions.map(\.weights), layer: concept.layer,
      division: concept.origin ?? .factorization == .factorization ? .parts : .projections, in: model,
      options: try options(job, threads))
    var files: [String: Store.NewFile] = [:]
    var maps: [Record.ConceptMaps.Map] = []
    let shown = concept.directions.prefix(job.recipe.count("show"))
    for (done, direction) in shown.enumerated() {
      var made: [(source: String, picture: Image, map: Image)] = []
      for patch in direction.patches.prefix(job.recipe.count("pictures")) {
        guard let source = sources[patch.source] else {
          throw WorkError(reason: "the reference \(patch.source) is gone; run again to search anew")
        }
        let prepared = try model.prepare(source)
        made.append((patch.source, model.picture(prepared), try mapper.map(of: prepared, direction: done)))
      }
      let greatest = made.map { $0.map.pixels.max() ?? 0 }
      let full = greatest.max() ?? 0
      for (number, one) in made.enumerated() {
        let name = "direction-\(direction.index)-map-\(number + 1).png"
        files[name] = try Store.NewFile(png: HeatMap.overlay(one.map, full: full, on: one.picture))
        maps.append(
          .init(
            direction: direction.index, file: name, source: one.source, greatest: Double(greatest[number])))
      }
      try progress(Double(done + 1) / Double(shown.count))
    }
    return Artifact(payload: .conceptMaps(Record.ConceptMaps(maps: maps)), files: files)
  }
}

extension Job {
  /// The same job on other natural pictures.
  fileprivate func replacingSources(_ sources: [Source]) -> Job {
    Job(kind: kind, recipe: recipe, title: title, sources: sources, command: { _ in command })
  }
}
