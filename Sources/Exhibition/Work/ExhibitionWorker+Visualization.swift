import Imaging
import Models
import NeuralNetwork
import Visualization

extension ExhibitionWorker {
  /// A synthetic picture with its way, and what the model makes of the finished one.
  func visualization(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let recipe = job.recipe
    let model = try library.model(recipe.model)
    let target = try target(of: job, in: model)
    let method = try Methods.named(recipe.method ?? "").make(
      model: model, overrides: Settings(recipe.settings), layer: target.layer)
    var request = VisualizationRequest(
      model: model, target: target, seed: recipe.seed ?? 0, threads: threads,
      precision: try precision(job), snapshots: recipe.snapshots ?? 0)
    if let matching = method as? any DistributionMatching {
      request.statistics = try statistics(job, matching, target, threads: threads, progress: progress)
    } else if let spectral = method as? any SpectrumMethod {
      request.magnitudes = try magnitudes(job, spectral.magnitudeSource) { () throws(CancellationError) in
        try progress(0)
      }
    } else {
      request.references = try naturalPictures(job)
    }
    let made = try method.visualize(request) { (step) throws(CancellationError) in
      try progress(Double(step.step) / Double(max(1, step.steps)))
    }
    let text = RecipeText.chunks(job)
    var files = ["picture.png": try Store.NewFile(png: made.image, text: text)]
    files["transparency.png"] = try Store.NewFile(png: made.transparency)
    var snapshots: [Record.Visualization.Snapshot] = []
    for (index, snapshot) in made.snapshots.enumerated() {
      // The last is the finished picture, which is kept already.
      let isLast = index == made.snapshots.count - 1 && snapshot.step == made.steps
      let name = isLast ? "picture.png" : "step-\(snapshot.step).jpg"
      if !isLast { files[name] = try Store.NewFile(jpeg: snapshot.image) }
      snapshots.append(Record.Visualization.Snapshot(step: snapshot.step, file: name))
    }
    let figures = try figures(job, picture: made.image.quantized(), threads: threads)
    return Artifact(
      payload: .visualization(
        Record.Visualization(
          picture: "picture.png", transparency: "transparency.png", activation: figures.activation,
          targetProbability: figures.probability, steps: made.steps, snapshots: snapshots,
          trace: made.trace.map {
            Record.Visualization.TracePoint(step: $0.step, loss: $0.loss, activation: $0.activation)
          }, warnings: made.warnings)),
      files: files)
  }

  /// The distributions of a job's natural pictures, measured once for all jobs that have the same.
  private func statistics(
    _ job: Job, _ method: any DistributionMatching, _ target: Target, threads: Int,
    progress: (Double) throws(CancellationError) -> Void
  ) throws -> ReferenceStatistics {
    let recipe = job.recipe
    let layers = method.matchedLayers
    let seed = recipe.seed ?? 0
    // All seeds have the same pictures, unless the method draws some of them.
    let isDrawn = job.sources.count > method.referenceLimit
    let key = StatisticsKey(
      model: recipe.model, weightsHash: recipe.weightsHash,
      pictures: picturesKey(job) + (isDrawn ? " \(method.referenceLimit) of seed \(seed)" : ""),
      layers: layers, weighting: method.weightingName, precision: recipe.precision, threads: threads)
    return try shelf.statistics(key, wait: { () throws(CancellationError) in try progress(0) }) {
      let all = try naturalPictures(job)
      return try method.measure(
        method.drawReferences(from: all.count, seed: seed).map { all[$0] }, for: target,
        options: .init(precision: try precision(job), threads: threads)
      ) { (_) throws(CancellationError) in try progress(0) }
    }
  }

  /// The magnitudes of a job's natural pictures, or of its file; `nil` if it has neither.
  private func magnitudes(
    _ job: Job, _ source: MagnitudeSource, progress: () throws(CancellationError) -> Void
  ) throws -> MagnitudeSpectrum? {
    switch source {
    case .inverseFrequency: return nil
    case .file:
      guard let file = job.sources.first else { return nil }
      return try MagnitudeSpectrum(file: file.path)
    case .references:
      let model = try library.model(job.recipe.model)
      return try spectra.spectrum("\(job.recipe.model) \(picturesKey(job))") {
        try MagnitudeSpectrum.measure(files: job.sources.map(\.path), model.input) { _ in try progress() }
      }
    }
  }

  /// What a job's picture is to show.
  func target(of job: Job, in model: Model) throws -> Target {
    let target = job.recipe.target
    switch (target.kind, target.classIndex, target.layer, target.channel) {
    case (.classLogit, let index?, _, _), (.facet, let index?, _, _): return .classLogit(index)
    case (.neuronFacet, _, _, _): return Target(try model.target(try facet(of: job).address), in: model)
    case (.unit, _, _, _): return Target(try model.target(target.address), in: model)
    case (.channel, _, let layer?, let channel?): return .channel(layer: layer, channel: channel)
    case (.direction, _, let layer?, let index?):
      return .direction(layer: layer, weights: try direction(index, of: job).weights)
    default: throw WorkError(reason: "\(target.address) can't be visualized")
    }
  }

  /// A direction that the concept job before this one has found.
  func direction(_ index: Int, of job: Job) throws -> Record.Concept.Direction {
    for input in job.recipe.inputs {
      if let direction = store.record(input)?.concept?.directions.first(where: { $0.index == index }) {
        return direction
      }
    }
    throw WorkError(reason: "direction \(index) is not in the store; run the concept's job again")
  }

  /// The target's activation by the finished picture, and its probability if it is a class.
  private func figures(
    _ job: Job, picture: Image, threads: Int
  ) throws -> (activation: Double, probability: Double?) {
    let model = try library.model(job.recipe.model)
    let reader = try TargetReader(try target(of: job, in: model), in: model)
    let probe = try probe(job, taps: reader.taps, threads: threads)
    let probabilities = try probe.show(model.input(of: picture))
    return (probe.activation(reader), reader.classIndex.map { probabilities[$0] })
  }
}

/// The recipe as texts in a picture's file.
enum RecipeText {
  static func chunks(_ job: Job) -> [(key: String, value: String)] {
    [
      ("Title", job.title), ("Software", "Vitrine \(Version.vitrine)"), ("Command", job.command),
      ("Recipe", job.recipe.json),
    ]
  }
}

extension Store.NewFile {
  /// A picture without loss.
  init(png image: Image, text: [(key: String, value: String)] = []) throws {
    self.init(try image.pngData(text: text), width: image.width, height: image.height)
  }

  /// A picture of the way, where a little loss doesn't matter.
  init(jpeg image: Image) throws {
    self.init(try image.jpegData(quality: 90), width: image.width, height: image.height)
  }
}

extension Model {
  /// A natural picture as this model's input.
  func prepare(_ source: Job.Source) throws -> [Float] { try input.prepare(file: source.path) }

  /// Numbers of the model's input as a picture.
  func picture(_ pixels: [Float]) -> Image {
    Image(width: input.size, height: input.size, channels: input.mean.count, pixels: pixels)
  }
}
