import Attribution
import Imaging
import Models
import NeuralNetwork
import Visualization

extension ExhibitionWorker {
  /// How many patches are shown of what they excite.
  static let shownPatches = 9

  /// The patches of all references that excite a unit most and least, and how its activations are distributed.
  func patches(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let target = try target(of: job, in: library.model(job.recipe.model))
    let search = try search([target], job, threads: threads, progress: progress)
    let unit = search.units[0]
    let best = search.index.best(unit, job.recipe.count("count"))
    let shown = try keep(
      best.prefix(job.recipe.count("show")).map(search.cutter.cut), as: "patch", job)
    let lowest = try keep(
      search.index.lowest(unit, job.recipe.count("lowest")).map(search.cutter.cut), as: "lowest", job)
    let regions = best.map { region($0, search.cutter, job) }
    return Artifact(
      payload: .references(
        Record.References(
          pictures: shown.patches, regions: regions, searched: search.index.searched, lowest: lowest.patches,
          figures: .init(search.index.figures(unit), skipped: search.index.skipped.count))),
      files: shown.files.merging(lowest.files) { $1 })
  }

  /// The patches of a job's natural pictures that excite each of some targets most.
  func topPatches(
    _ targets: [Target], _ job: Job, count: Int, threads: Int,
    progress: (Double) throws(CancellationError) -> Void
  ) throws -> [[Attribution.Patch]] {
    let search = try search(targets, job, threads: threads, progress: progress)
    return try search.units.map { try search.index.best($0, count).map(search.cutter.cut) }
  }

  /// The patches as files.
  func keep(
    _ patches: [Attribution.Patch], as name: String, _ job: Job
  ) throws -> (patches: [Record.Patch], files: [String: Store.NewFile]) {
    var files: [String: Store.NewFile] = [:]
    var records: [Record.Patch] = []
    for (number, patch) in patches.enumerated() {
      let file = "\(name)-\(number + 1).png"
      files[file] = try Store.NewFile(png: patch.crop)
      records.append(
        Record.Patch(
          file: file, source: job.sources[patch.picture].name, score: patch.score,
          box: [patch.x, patch.y, patch.side]))
    }
    return (records, files)
  }

  /// Where a patch is, as records say it.
  func region(_ place: PatchPlace, _ cutter: PatchCutter, _ job: Job) -> Record.References.Region {
    let box = cutter.box(place)
    return .init(
      source: job.sources[place.picture].name, x: box.x, y: box.y, side: box.side,
      score: Double(place.score))
  }

  /// What is found in a job's natural pictures: by one pass for all units of a layer and all jobs of a run, whose result is
  /// kept with the store.
  func search(
    _ targets: [Target], _ job: Job, threads: Int,
    progress: (Double) throws(CancellationError) -> Void
  ) throws -> (index: PatchIndex, units: [Int], cutter: PatchCutter) {
    let model = try library.model(job.recipe.model)
    var (question, units) = try PatchQuestion.asking(for: targets, in: model)
    question.precision = try precision(job)
    let list = PictureList(
      job.sources.map { PictureList.Item(path: $0.path, name: $0.name, group: $0.className) })
    let key = PatchShelfKey(
      model: job.recipe.model, weightsHash: job.recipe.weightsHash, subject: "\(question.subject)",
      precision: job.recipe.precision, pictures: [job.recipe.referencesHash ?? ""] + list.items.map(\.name))
    let cache = PatchIndexCache(folder: store.folder + "/cache/patches")
    let index = try indices.value(key, wait: { () throws(CancellationError) in try progress(0) }) {
      try cache.index(
        question, of: list, in: model, options: try options(job, threads),
        progress: {
          try progress(Double($0.done) / Double(max(1, $0.total)))
        })
    }
    return (index, units, PatchCutter(question, of: list, in: model))
  }
}

extension Record.References.Figures {
  /// How many classes are told of those that drive a unit.
  private static let shownClasses = 5

  init(_ figures: UnitFigures, skipped: Int) {
    self.init(
      count: figures.count, skipped: skipped, mean: figures.mean, deviation: figures.deviation,
      histogram: .init(
        start: figures.histogram.start, width: figures.histogram.width, counts: figures.histogram.counts),
      classes: figures.groups.prefix(Self.shownClasses).map {
        .init(label: $0.name, mean: $0.mean, count: $0.count)
      })
  }
}
