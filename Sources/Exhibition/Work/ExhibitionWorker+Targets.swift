import Attribution
import Imaging
import Models
import NeuralNetwork
import Visualization

extension ExhibitionWorker {
  /// A row of pictures between two targets, with what both find in each.
  func interpolation(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let recipe = job.recipe
    guard let ends = recipe.target.ends else { throw WorkError(reason: "\(job.title) lacks its ends") }
    let model = try library.model(recipe.model)
    let targets = try [ends.from, ends.to].map { Target(try model.target($0), in: model) }
    let request = InterpolationRequest(
      model: model, from: targets[0], to: targets[1], count: ends.count, seed: recipe.seed ?? 0,
      threads: threads, precision: try precision(job))
    let method = try FourierVisualization(model: model, overrides: Settings(recipe.settings))
    let made = try method.interpolate(request) { (step) throws(CancellationError) in
      try progress(Double(step.step) / Double(max(1, step.steps)))
    }
    let readers = try targets.map { try TargetReader($0, in: model) }
    let probe = try probe(job, taps: Set(readers.flatMap(\.taps)).sorted(), threads: threads)
    var files: [String: Store.NewFile] = [:]
    var pictures: [Record.Interpolation.Picture] = []
    for (number, (picture, share)) in zip(made.pictures, request.shares).enumerated() {
      let name = "picture-\(number + 1).png"
      files[name] = try Store.NewFile(png: picture, text: RecipeText.chunks(job))
      _ = try probe.show(model.input(of: picture.quantized()))
      pictures.append(
        .init(
          file: name, share: share, first: probe.activation(readers[0]), second: probe.activation(readers[1]))
      )
    }
    return Artifact(
      payload: .interpolation(
        Record.Interpolation(
          pictures: pictures, steps: made.steps,
          trace: made.trace.map { .init(step: $0.step, loss: $0.loss, activation: nil) },
          warnings: made.warnings)), files: files)
  }
}
