import Evaluation
import Imaging
import Models

extension ExhibitionWorker {
  /// How many of the references the model names rightly.
  func accuracy(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    let classifier = try classifier(job, threads: threads)
    let probabilities = try classifier.probabilities(count: job.sources.count) { index in
      try progress(Double(index) / Double(job.sources.count))
      return try model.prepare(job.sources[index])
    }
    var classes: [Int: Record.Accuracy.ClassAccuracy] = [:]
    var (top1, top5) = (0, 0)
    for (source, row) in zip(job.sources, probabilities) {
      let guesses = classifier.top(5, of: row).map(\.classIndex)
      let index = source.classIndex
      var entry =
        classes[index]
        ?? Record.Accuracy.ClassAccuracy(classIndex: index, label: model.labels[index], correct: 0, count: 0)
      entry.count += 1
      if guesses.first == index {
        entry.correct += 1
        top1 += 1
      }
      if guesses.contains(index) { top5 += 1 }
      classes[index] = entry
    }
    let count = Double(max(1, job.sources.count))
    return Artifact(
      payload: .accuracy(
        Record.Accuracy(
          top1: Double(top1) / count, top5: Double(top5) / count, count: job.sources.count,
          classes: classes.values.sorted { $0.classIndex < $1.classIndex })))
  }

  /// What the model says of a finished picture, as it is in its file.
  func judgement(_ job: Job, threads: Int) throws -> Artifact {
    let target = job.recipe.target
    guard let input = job.recipe.inputs.first, let record = store.record(input) else {
      throw WorkError(reason: "the picture is not in the store; run its job again")
    }
    let file = String(target.address.split(separator: "/").last ?? "picture.png")
    let picture = try Image.decode(try store.data(file, of: record))
    let judgement = try classifier(job, threads: threads).judge(picture)
    return Artifact(
      payload: .judgement(
        Record.Judgement(
          picture: input, file: file, predictions: judgement.predictions.map(Record.Prediction.init),
          targetProbability: target.classIndex.map { judgement.probabilities[$0] },
          targetRank: target.classIndex.map { judgement.rank(of: $0) })))
  }

  /// The natural pictures of a class that are shown, as the model sees them.
  func classReferences(_ job: Job) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    var files: [String: Store.NewFile] = [:]
    var pictures: [Record.Patch] = []
    for (number, source) in job.sources.prefix(job.recipe.count("show")).enumerated() {
      let name = "reference-\(number + 1).png"
      files[name] = try Store.NewFile(png: model.picture(try model.prepare(source)))
      pictures.append(Record.Patch(file: name, source: source.name))
    }
    return Artifact(
      payload: .references(Record.References(pictures: pictures, searched: job.sources.count)), files: files)
  }
}

extension Record.Prediction {
  /// What a classifier said.
  init(_ prediction: Evaluation.Prediction) {
    self.init(
      classIndex: prediction.classIndex, label: prediction.label, probability: prediction.probability)
  }
}

extension Record.Recipe {
  /// A setting that counts something; 0 if there is none of that name.
  func count(_ name: String) -> Int {
    if case .number(let number) = settings[name] { Int(number) } else { 0 }
  }
}
