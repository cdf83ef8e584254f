import Attribution
import Support
import Visualization

extension PlanDraft {
  /// A model's accuracy on the references of all classes that it knows.
  func addAccuracy(_ model: Exhibition.ModelEntry) {
    guard exhibition.references != nil else { return }
    var sources: [Job.Source] = []
    var hashes: [String] = []
    for entry in exhibition.classes where !plan.isLeftOut(entry.name, in: model.name) {
      guard let target = target(of: entry, in: model), let pictures = references(entry) else { return }
      sources += self.sources(pictures, classIndex: target.classIndex ?? 0)
      hashes.append("\(target.classIndex ?? 0) \(pictures.hash)")
    }
    let target = Record.Target(kind: .model, address: model.name)
    guard !sources.isEmpty, var recipe = recipe(model.name, target) else { return }
    recipe.referencesHash = Digest.sha256(hashes.joined(separator: "\n"))
    let job = Job(
      kind: .evaluation, recipe: recipe, title: "accuracy of \(model.name)", sources: sources,
      command: runCommand)
    plan.add(job, as: Job.Key(kind: .evaluation, model: model.name, subject: .model))
  }

  /// The natural pictures of a class that are shown, as the first model sees them that knows the class.
  func addReferences(_ entry: Exhibition.ClassEntry) {
    guard let model = exhibition.models.first(where: { !plan.isLeftOut(entry.name, in: $0.name) }),
      let pictures = references(entry), let target = target(of: entry, in: model),
      var recipe = recipe(model.name, target)
    else { return }
    recipe.referencesHash = pictures.hash
    recipe.settings = ["show": .number(9)]
    let job = Job(
      kind: .references, recipe: recipe, title: "references of \(entry.name)",
      sources: sources(pictures, classIndex: target.classIndex ?? 0), command: runCommand)
    plan.add(job, as: Job.Key(kind: .references, model: model.name, subject: .classNamed(entry.name)))
  }

  /// What in the first natural pictures of a class speaks for it to a model, by the rules that suit its family.
  func addAttributions(_ entry: Exhibition.ClassEntry, _ model: Exhibition.ModelEntry) {
    guard let pictures = references(entry), let target = target(of: entry, in: model),
      var recipe = recipe(model.name, target),
      let facts = attempt(at: model.place, { try library.facts(model.name) })
    else { return }
    recipe.method = AttributionMethod.usual(for: facts.architecture).name
    recipe.referencesHash = pictures.hash
    recipe.settings = ["show": .number(4)]
    let job = Job(
      kind: .attribution, recipe: recipe, title: "what speaks for \(entry.name) in \(model.name)",
      sources: sources(pictures, classIndex: target.classIndex ?? 0), command: runCommand)
    plan.add(job, as: Job.Key(kind: .attribution, model: model.name, subject: .classNamed(entry.name)))
  }

  /// A class's picture by a method, and what each model says of it. `subject` is what an exhibit calls it by, if it isn't
  /// the class itself.
  func addVisualization(
    of entry: Exhibition.ClassEntry, _ model: Exhibition.ModelEntry, _ method: Exhibition.MethodEntry,
    _ seed: UInt64, precision: Exhibition.PrecisionName? = nil, as subject: Job.Subject? = nil
  ) {
    let precision = precision ?? exhibition.precision
    guard let target = target(of: entry, in: model), let settings = settings(method, model.name),
      var recipe = recipe(model.name, target)
    else { return }
    recipe.method = method.use
    recipe.settings = settings
    recipe.seed = seed
    recipe.snapshots = exhibition.snapshots
    recipe.precision = precision.rawValue
    var sources: [Job.Source] = []
    if needsPictures(ofTarget: method.use) {
      guard let pictures = references(entry) else { return }
      recipe.referencesHash = pictures.hash
      sources = self.sources(pictures, classIndex: target.classIndex ?? 0)
    } else if usesMagnitudes(method.use) {
      guard let magnitudes = magnitudes(method, settings) else { return }
      (recipe.referencesHash, sources) = (magnitudes.hash, magnitudes.sources)
    }
    let job = Job(
      kind: .visualization, recipe: recipe,
      title: "\(entry.name) by \(method.name) in \(model.name), seed \(seed)", sources: sources
    ) { identity in
      // Magnitudes of all references can't be had from one class's folder.
      usesMagnitudes(method.use) && !sources.isEmpty
        ? runCommand(identity)
        : visualizeCommand(
          model, method, seed, ["--class", target.label ?? entry.name], entry.references, precision)
    }
    plan.add(
      job,
      as: Job.Key(
        kind: .visualization, model: model.name, subject: subject ?? .classNamed(entry.name),
        method: subject == nil ? method.name : nil, seed: seed))
    addJudgements(of: job, file: "picture.png", className: entry)
  }

  /// What each model says of a picture that a job makes. One that doesn't know the class isn't asked.
  func addJudgements(of job: Job, file: String, className entry: Exhibition.ClassEntry) {
    for judge in exhibition.models where ignorance(of: entry.name, in: judge.name) == nil {
      guard var target = classTarget(entry.name, in: judge.name, place: entry.place) else { continue }
      target.kind = .picture
      target.address = "\(job.identity)/\(file)"
      guard var recipe = recipe(judge.name, target) else { continue }
      recipe.inputs = [job.identity]
      let judgement = Job(
        kind: .evaluation, recipe: recipe, title: "\(judge.name)'s opinion of \(job.title)",
        command: runCommand)
      plan.add(
        judgement,
        as: Job.Key(
          kind: .evaluation, model: judge.name, subject: .picture(job.identity, file: file)))
    }
  }

  /// The command that makes a picture without a configuration.
  func visualizeCommand(
    _ model: Exhibition.ModelEntry, _ method: Exhibition.MethodEntry, _ seed: UInt64, _ target: [String],
    _ references: String?, _ precision: Exhibition.PrecisionName? = nil, isInner: Bool = false
  ) -> String {
    let precision = precision ?? exhibition.precision
    var words = ["vitrine", "visualize", "--model", model.path] + target + ["--method", method.use]
    if let references, needsPictures(ofTarget: method.use) {
      words += ["--references", references]
      let count = exhibition.references?.count ?? 50
      if count != 50 { words += ["--count", String(count)] }
    }
    let written = method.written(for: model.name, isInner: isInner)
    let overrides = written.shared.merging(written.own) { $1 }
    for (name, value) in overrides.sorted(by: { $0.key < $1.key }) {
      words += ["--set", "\(name)=\(value.description.filter { $0 != "[" && $0 != "]" && $0 != " " })"]
    }
    if seed != 0 { words += ["--seed", String(seed)] }
    if precision != .float32 { words += ["--precision", precision.rawValue] }
    return (words + ["-o", "picture.png"]).map(Shell.quote).joined(separator: " ")
  }
}
