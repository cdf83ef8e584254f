import Attribution
import Imaging
import Models
import NeuralNetwork
import Visualization

extension ExhibitionWorker {
  /// What in natural pictures of a class speaks for it, painted over each.
  func attributions(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    guard let method = job.recipe.method.flatMap(AttributionMethod.named) else {
      throw WorkError(reason: "unknown way of attribution \(job.recipe.method ?? "")")
    }
    let attributor = try Attributor(
      .classLogit(try classOf(job).index), in: model, by: method, options: try options(job, threads))
    var files: [String: Store.NewFile] = [:]
    var maps: [Record.Attributions.Map] = []
    let sources = job.sources.prefix(job.recipe.count("show"))
    for (number, source) in sources.enumerated() {
      let prepared = try model.prepare(source)
      let map = try attributor.attribute(prepared)
      let name = "map-\(number + 1).png"
      files[name] = try Store.NewFile(png: HeatMap.overlay(map, on: model.picture(prepared)))
      maps.append(.init(file: name, source: source.name, activation: map.activation, arrived: map.sum))
      try progress(Double(number + 1) / Double(sources.count))
    }
    return Artifact(payload: .attributions(Record.Attributions(maps: maps)), files: files)
  }

  func options(_ job: Job, _ threads: Int) throws -> Executor.Options {
    Executor.Options(precision: try precision(job), threads: threads)
  }

  func classOf(_ job: Job) throws -> (index: Int, label: String) {
    guard let index = job.recipe.target.classIndex, let label = job.recipe.target.label else {
      throw WorkError(reason: "\(job.recipe.target.address) is no class")
    }
    return (index, label)
  }
}
