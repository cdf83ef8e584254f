import Support
import Visualization

extension PlanDraft {
  /// An inner neuron: the patches that excite it most, and its pictures.
  func addUnit(_ entry: Exhibition.UnitEntry) {
    guard let unit = attempt(at: entry.place, { try library.unit(entry.address, in: entry.model) }) else {
      return
    }
    if let index = unit.classIndex {
      report(entry.place, "\(entry.address) is class \(index); list it under \"classes\"")
      return
    }
    let patches = addPatches(entry.model, layer: unit.layer, channel: unit.channel, place: entry.place)
    for method in entry.methods {
      addChannel(entry.model, layer: unit.layer, channel: unit.channel, method, patches: patches)
    }
  }

  /// The patches of all references that excite a channel most; `nil` without references.
  func addPatches(_ model: String, layer: String, channel: Int, place: Place) -> Job? {
    let target = Record.Target(
      kind: .channel, layer: layer, channel: channel, address: "\(layer):\(channel)")
    guard exhibition.references != nil, var recipe = recipe(model, target) else { return nil }
    var sources: [Job.Source] = []
    var hashes: [String] = []
    for entry in exhibition.classes {
      guard let pictures = references(entry) else { return nil }
      sources += self.sources(pictures, classIndex: 0)
      hashes.append(pictures.hash)
    }
    guard !sources.isEmpty else { return nil }
    recipe.referencesHash = Digest.sha256(hashes.joined(separator: "\n"))
    recipe.settings = ["show": .number(9), "count": .number(50)]
    let job = Job(
      kind: .references, recipe: recipe, title: "patches of \(layer):\(channel) in \(model)",
      sources: sources,
      command: runCommand)
    plan.add(
      job, as: Job.Key(kind: .references, model: model, subject: .channel(layer: layer, channel: channel)))
    return job
  }

  /// The pictures of a channel by a method, one a seed.
  func addChannel(_ modelName: String, layer: String, channel: Int, _ methodName: String, patches: Job?) {
    guard let model = exhibition.model(named: modelName), let method = exhibition.method(named: methodName)
    else {
      return
    }
    let address = "\(layer):\(channel)"
    let target = Record.Target(kind: .channel, layer: layer, channel: channel, address: address)
    addInner(
      target, .channel(layer: layer, channel: channel), model, method, parent: patches, isCommand: true)
  }

  /// Pictures of something inside a network, one a seed. Methods that need natural pictures take the patches that
  /// the parent has found.
  func addInner(
    _ target: Record.Target, _ subject: Job.Subject, _ model: Exhibition.ModelEntry,
    _ method: Exhibition.MethodEntry, parent: Job?, isCommand: Bool
  ) {
    let needsReferences = needsPictures(ofTarget: method.use)
    guard let settings = settings(method, model.name), var recipe = recipe(model.name, target) else { return }
    if needsReferences, parent == nil {
      report(
        method.place,
        "method \"\(method.name)\" needs reference pictures for \(target.address); add \"references\" with their folder"
      )
      return
    }
    recipe.method = method.use
    recipe.settings = settings
    recipe.snapshots = exhibition.snapshots
    if let parent, needsReferences || target.kind == .direction { recipe.inputs = [parent.identity] }
    var sources = needsReferences ? parent?.sources ?? [] : []
    if usesMagnitudes(method.use) {
      guard let magnitudes = magnitudes(method, settings) else { return }
      (recipe.referencesHash, sources) = (magnitudes.hash, magnitudes.sources)
    }
    let isAlone = isCommand && sources.isEmpty
    for seed in exhibition.seeds {
      recipe.seed = seed
      let job = Job(
        kind: .visualization, recipe: recipe,
        title: "\(target.address) by \(method.name) in \(model.name), seed \(seed)",
        sources: sources
      ) { identity in
        isAlone
          ? visualizeCommand(model, method, seed, ["--unit", target.address], nil) : runCommand(identity)
      }
      plan.add(
        job,
        as: Job.Key(
          kind: .visualization, model: model.name, subject: subject, method: method.name, seed: seed))
    }
  }
}
