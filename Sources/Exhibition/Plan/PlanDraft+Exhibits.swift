import Support
import Visualization

extension PlanDraft {
  /// A class's most relevant channels and, once they are known, their pictures.
  func addCircuit(_ entry: Exhibition.CircuitEntry) {
    guard
      let (job, model) = discovery(
        entry.className, entry.model, entry.place, kind: .circuit, title: "circuit \(entry.name)",
        settings: [
          "channels": .number(Double(entry.channels)), "depth": .number(Double(entry.depth)),
          "rules": .text("relevance"),
        ])
    else { return }
    plan.add(job, as: Job.Key(kind: .circuit, model: model.name, subject: .circuit(entry.name)))
    guard let circuit = planner.store.record(job.identity)?.circuit else {
      // At most: channels of a level may share some of those below.
      let channels = (1...entry.depth).reduce((sum: 0, level: 1)) { found, _ in
        let level = min(found.level * entry.channels, 1000)
        return (found.sum + level, level)
      }.sum
      let count = channels * pictures(of: entry.methods, entry.seeds)
      plan.addPending(
        Plan.Pending(
          parent: job.identity, kind: .visualization, count: count,
          title: "channels of circuit \(entry.name)", examples: examples(entry.methods, model, after: job)))
      return
    }
    for channel in circuit.channels {
      let target = Record.Target(
        kind: .channel, layer: channel.layer, channel: channel.channel, address: channel.address)
      let patches =
        entry.methods.contains(where: needsReferences)
        ? addPatches(model.name, target, place: entry.place) : nil
      addServed(model.name, target)
      addPictures(
        of: target, layer: channel.layer, model.name, entry.methods, entry.seeds, patches: patches)
    }
  }

  /// A job that finds something out from the references of a class.
  func discovery(
    _ className: String, _ modelName: String, _ place: Place, kind: Record.Kind, title: String,
    settings: [String: SettingValue]
  ) -> (Job, Exhibition.ModelEntry)? {
    guard let model = exhibition.model(named: modelName), let entry = exhibition.entry(forClass: className),
      let target = classTarget(entry.name, in: model.name, place: place),
      let pictures = references(entry),
      var recipe = recipe(model.name, target)
    else { return nil }
    recipe.referencesHash = pictures.hash
    recipe.settings = settings
    recipe.seed = 0
    let job = Job(
      kind: kind, recipe: recipe, title: title,
      sources: sources(pictures, classIndex: target.classIndex ?? 0),
      command: runCommand)
    return (job, model)
  }

  /// Jobs like those that a finding will open. They aim at its class, as the layer is not known yet; the whole network
  /// is run all the same.
  func examples(_ methods: [String], _ model: Exhibition.ModelEntry, after job: Job) -> [Job] {
    methods.compactMap { name in
      guard let method = exhibition.method(named: name), let settings = settings(method, model.name) else {
        return nil
      }
      var recipe = job.recipe
      recipe.method = method.use
      recipe.settings = settings
      return Job(kind: .visualization, recipe: recipe, title: job.title, command: runCommand)
    }
  }

  /// How many pictures methods make of one target.
  func pictures(of methods: [String], _ seeds: [UInt64]?) -> Int {
    methods.compactMap(exhibition.method(named:)).reduce(0) { $0 + exhibition.seeds(of: $1, in: seeds).count }
  }

  private func needsReferences(_ method: String) -> Bool {
    exhibition.method(named: method).map { needsPictures(ofTarget: $0.use) } ?? false
  }
}
