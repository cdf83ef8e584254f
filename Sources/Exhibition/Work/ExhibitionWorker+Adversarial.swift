import Evaluation
import Models
import Visualization

extension ExhibitionWorker {
  /// A picture that the model takes for another class, with the way there.
  func adversarial(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let recipe = job.recipe
    let model = try library.model(recipe.model)
    guard let target = recipe.target.classIndex, let source = recipe.target.source,
      let picture = job.sources.first
    else { throw WorkError(reason: "\(job.title) lacks its source or target") }
    let attack = try AdversarialAttack(model: model, overrides: Settings(recipe.settings))
    let request = AdversarialRequest(
      picture: try model.prepare(picture), target: target, threads: threads, precision: try precision(job),
      snapshots: recipe.snapshots ?? 0)
    let made = try attack.run(request) { (step) throws(CancellationError) in
      try progress(Double(step.step) / Double(max(1, step.steps)))
    }
    let distance = try PictureDistance(made.clean, made.adversarial)
    // The largest change fills half the range, so that its picture uses all of it.
    let gain = distance.maximum > 0 ? (0.5 / distance.maximum).rounded(.down) : 1
    var files = [
      "clean.png": try Store.NewFile(png: made.clean),
      "adversarial.png": try Store.NewFile(png: made.adversarial, text: RecipeText.chunks(job)),
      "difference.png": try Store.NewFile(png: made.difference(gain: Float(gain))),
    ]
    var path: [Record.Adversarial.Point] = []
    for point in made.path {
      let name =
        switch point.step {
        case 0: "clean.png"
        case made.steps: "adversarial.png"
        default: "step-\(point.step).png"
        }
      // Loss by JPEG would change what the network sees.
      if files[name] == nil { files[name] = try Store.NewFile(png: point.image) }
      path.append(
        Record.Adversarial.Point(
          step: point.step, file: name, sourceProbability: point.sourceProbability,
          targetProbability: point.targetProbability))
    }
    return Artifact(
      payload: .adversarial(
        Record.Adversarial(
          clean: "clean.png", adversarial: "adversarial.png", difference: "difference.png",
          amplification: gain,
          source: picture.name, success: made.isSuccess, before: model.predictions(made.before),
          after: model.predictions(made.after), sourceBefore: made.before[source.classIndex],
          sourceAfter: made.after[source.classIndex], targetBefore: made.before[target],
          targetAfter: made.after[target], maximum: distance.maximum, euclidean: distance.euclidean,
          rootMeanSquare: distance.rootMeanSquare, similarity: distance.similarity,
          peakRatio: distance.peakRatio,
          steps: made.steps, path: path)), files: files)
  }
}
