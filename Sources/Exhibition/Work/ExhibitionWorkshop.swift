import Evaluation
import Foundation
import Imaging
import Models
import NeuralNetwork

/// Makes the workers that do an exhibition's jobs.
public struct ExhibitionWorkshop: Workshop {
  let library: ModelLibrary
  let store: Store
  private let shelf = StatisticsShelf()
  private let spectra = SpectrumShelf()
  private let indices = PatchShelf()

  /// A workshop that uses what the planner knows of models.
  public init(_ planner: Planner) {
    library = planner.library
    store = planner.store
  }

  /// A worker.
  public func makeWorker() -> any Worker {
    ExhibitionWorker(library: library, store: store, shelf: shelf, spectra: spectra, indices: indices)
  }

  /// A network that a core runs in a few milliseconds isn't worth dividing: then each core has its own job. Above,
  /// the cores work together, which takes less memory and keeps the order of the plan.
  public func threads(for job: Job, cores: Int) -> Int {
    guard let facts = try? library.facts(job.recipe.model) else { return 1 }
    return facts.work > 2e9 ? cores : 1
  }
}

/// Does an exhibition's jobs. Keeps what it has prepared for the next job of the same kind.
final class ExhibitionWorker: Worker {
  let library: ModelLibrary
  let store: Store
  /// Shared by all workers of a run.
  let shelf: StatisticsShelf
  /// Shared by all workers of a run.
  let spectra: SpectrumShelf
  /// Shared by all workers of a run.
  let indices: PatchShelf
  private var probes: [ProbeKey: Probe] = [:]
  private var classifiers: [String: Classifier] = [:]
  private var prepared: (key: String, pictures: [[Float]]) = ("", [])

  init(
    library: ModelLibrary, store: Store, shelf: StatisticsShelf, spectra: SpectrumShelf, indices: PatchShelf
  ) {
    self.library = library
    self.store = store
    self.shelf = shelf
    self.spectra = spectra
    self.indices = indices
  }

  func perform(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    switch (job.kind, job.recipe.target.kind) {
    case (.visualization, _): try visualization(job, threads: threads, progress: progress)
    case (.evaluation, .model): try accuracy(job, threads: threads, progress: progress)
    case (.evaluation, _): try judgement(job, threads: threads)
    case (.references, .classLogit): try classReferences(job)
    case (.references, _): try patches(job, threads: threads, progress: progress)
    case (.attribution, .direction): try conceptMaps(job, threads: threads, progress: progress)
    case (.attribution, _): try attributions(job, threads: threads, progress: progress)
    case (.circuit, .channel): try served(job, threads: threads, progress: progress)
    case (.circuit, _): try circuit(job, threads: threads, progress: progress)
    case (.concept, .direction): try givenConcept(job, threads: threads, progress: progress)
    case (.concept, _): try concept(job, threads: threads, progress: progress)
    case (.facets, .classLogit): try classFacets(job, threads: threads, progress: progress)
    case (.facets, _): try neuronFacets(job, threads: threads, progress: progress)
    case (.interpolation, _): try interpolation(job, threads: threads, progress: progress)
    case (.adversarial, _): try adversarial(job, threads: threads, progress: progress)
    }
  }

  /// A job's precision.
  func precision(_ job: Job) throws -> Precision {
    guard let precision = Precision(rawValue: job.recipe.precision) else {
      throw WorkError(reason: "unknown precision \(job.recipe.precision)")
    }
    return precision
  }

  /// A probe of a model's nodes; kept, for many targets have the same.
  func probe(_ job: Job, taps: [Graph.NodeID], threads: Int) throws -> Probe {
    let precision = try precision(job)
    let key = ProbeKey(model: job.recipe.model, taps: taps, threads: threads, precision: precision)
    if let probe = probes[key] { return probe }
    let probe = try Probe(
      library.model(job.recipe.model), taps: taps, threads: threads, precision: precision)
    probes[key] = probe
    return probe
  }

  private struct ProbeKey: Hashable {
    let model: String
    let taps: [Graph.NodeID]
    let threads: Int
    let precision: Precision
  }

  /// A classifier of a model; kept.
  func classifier(_ job: Job, threads: Int) throws -> Classifier {
    let isSingle = job.recipe.target.kind == .picture
    let precision = try precision(job)
    let key = "\(job.recipe.model) \(isSingle) \(threads) \(precision)"
    if let classifier = classifiers[key] { return classifier }
    let classifier = try Classifier(
      model: library.model(job.recipe.model), threads: threads, batch: isSingle ? 1 : 16, precision: precision
    )
    classifiers[key] = classifier
    return classifier
  }

  /// What decides which natural pictures a visualization is given: those of a class by their digest, patches by the
  /// job that found them and what they are patches of.
  func picturesKey(_ job: Job) -> String {
    let recipe = job.recipe
    return "\(recipe.referencesHash ?? "") \(recipe.inputs) \(recipe.target.address)"
  }

  /// The natural pictures that a visualization is given, as its model's input: those of the class, or the patches
  /// that the job before it has found. The last set is kept: jobs of one target follow each other.
  func naturalPictures(_ job: Job) throws -> [[Float]] {
    guard !job.sources.isEmpty else { return [] }
    let key = "\(job.recipe.model) \(picturesKey(job))"
    if prepared.key == key { return prepared.pictures }
    let model = try library.model(job.recipe.model)
    let regions = try self.regions(job)
    let pictures: [[Float]]
    if job.recipe.target.kind == .classLogit {
      pictures = try job.sources.map { try model.prepare($0) }
    } else if job.recipe.target.kind == .facet {
      let members = try members(of: job.recipe.target.channel ?? 0, for: job)
      pictures = try job.sources.filter { members.contains($0.name) }.map { try model.prepare($0) }
    } else {
      let sources = Dictionary(job.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      pictures = try regions.map { region in
        guard let source = sources[region.source] else {
          throw WorkError(reason: "the reference \(region.source) is gone; run again to search anew")
        }
        let size = model.input.size
        return model.picture(try model.prepare(source))
          .cropped(x: region.x, y: region.y, width: region.side, height: region.side)
          .resized(width: size, height: size, filter: .bilinear, antialias: false).pixels
      }
    }
    prepared = (key, pictures)
    return pictures
  }

  /// The patches found by the job that a visualization of an inner unit or direction depends on.
  private func regions(_ job: Job) throws -> [Record.References.Region] {
    if job.recipe.target.kind == .neuronFacet { return try facet(of: job).regions }
    for input in job.recipe.inputs {
      guard let record = store.record(input) else { continue }
      if let references = record.references { return references.regions }
      if record.concept != nil, let index = job.recipe.target.channel {
        let direction = try direction(index, of: job)
        return direction.regions
          ?? direction.patches.compactMap { patch in
            guard let box = patch.box, box.count == 3 else { return nil }
            return Record.References.Region(source: patch.source, x: box[0], y: box[1], side: box[2])
          }
      }
    }
    return []
  }
}

/// A job that can't be done.
struct WorkError: Error, Equatable, CustomStringConvertible, LocalizedError {
  let reason: String

  var description: String { reason }
  var errorDescription: String? { reason }
}
