import Support
import Visualization

extension PlanDraft {
  /// An inner neuron or another target: the patches that excite it most, and its pictures.
  func addUnit(_ entry: Exhibition.UnitEntry) {
    guard let facts = attempt(at: entry.place, { try library.target(entry.address, in: entry.model) }) else {
      return
    }
    if let index = facts.classIndex {
      report(entry.place, "\(entry.address) is class \(index); list it under \"classes\"")
      return
    }
    let target = Record.Target(facts)
    plan.note(target, of: Plan.Written(model: entry.model, address: entry.address))
    let patches = addPatches(entry.model, target, place: entry.place)
    addServed(entry.model, target)
    addPictures(
      of: target, layer: facts.within, entry.model, entry.methods, entry.seeds, patches: patches)
  }

  /// The classes that a channel serves, by the first references of each.
  func addServed(_ model: String, _ target: Record.Target) {
    guard exhibition.references != nil, target.kind == .channel, var recipe = recipe(model, target) else {
      return
    }
    var sources: [Job.Source] = []
    var hashes: [String] = []
    for entry in exhibition.classes where !plan.isLeftOut(entry.name, in: model) {
      guard let pictures = references(entry),
        let index = classTarget(entry.name, in: model, place: entry.place)?.classIndex
      else { return }
      sources += self.sources(pictures, classIndex: index, className: entry.name).prefix(Self.servedPictures)
      hashes.append("\(index) \(pictures.hash)")
    }
    guard !sources.isEmpty else { return }
    recipe.referencesHash = Digest.sha256(hashes.joined(separator: "\n"))
    recipe.settings = ["pictures": .number(Double(Self.servedPictures))]
    let job = Job(
      kind: .circuit, recipe: recipe, title: "classes served by \(target.address) in \(model)",
      sources: sources,
      command: runCommand)
    plan.add(job, as: Job.Key(kind: .circuit, model: model, subject: .init(target)))
  }

  /// How many pictures of each class are asked which channels they are read from: shares vary little.
  private static let servedPictures = 5

  /// What the author calls a target, under its address as the model writes it.
  func addLabel(_ entry: Exhibition.LabelEntry) {
    guard let facts = attempt(at: entry.place, { try library.target(entry.address, in: entry.model) }) else {
      return
    }
    let written = Plan.Written(model: entry.model, address: facts.address)
    guard plan.labels[written] == nil else {
      return report(entry.place, "\(facts.address) has two labels; remove one of them")
    }
    plan.name(written, entry.label)
  }

  /// The patches of all references that excite a unit most; `nil` without references.
  @discardableResult
  func addPatches(
    _ model: String, _ target: Record.Target, place: Place,
    settings: [String: SettingValue] = ["show": .number(9), "count": .number(50), "lowest": .number(9)],
    as subject: Job.Subject? = nil
  ) -> Job? {
    guard exhibition.references != nil, var recipe = recipe(model, target) else { return nil }
    var sources: [Job.Source] = []
    var hashes: [String] = []
    for entry in exhibition.classes {
      guard let pictures = references(entry) else { return nil }
      sources += self.sources(pictures, classIndex: 0, className: entry.name)
      hashes.append(pictures.hash)
    }
    guard !sources.isEmpty else { return nil }
    recipe.referencesHash = Digest.sha256(hashes.joined(separator: "\n"))
    recipe.settings = settings
    let job = Job(
      kind: .references, recipe: recipe, title: "patches of \(target.address) in \(model)",
      sources: sources, command: runCommand)
    plan.add(job, as: Job.Key(kind: .references, model: model, subject: subject ?? .init(target)))
    return job
  }

  /// The pictures of a unit by methods, one a seed.
  func addPictures(
    of target: Record.Target, layer: String?, _ modelName: String, _ methods: [String], _ seeds: [UInt64]?,
    patches: Job?
  ) {
    guard let model = exhibition.model(named: modelName) else { return }
    for name in methods {
      guard let method = exhibition.method(named: name) else { continue }
      addInner(
        target, .init(target), layer: layer, model, method, seeds: exhibition.seeds(of: method, in: seeds),
        parent: patches, isCommand: true)
    }
  }

  /// Pictures of something inside a network, one a seed. Methods that need natural pictures take the patches that
  /// the parent has found. Returns the jobs.
  @discardableResult
  func addInner(
    _ target: Record.Target, _ subject: Job.Subject, layer: String?, _ model: Exhibition.ModelEntry,
    _ method: Exhibition.MethodEntry, seeds: [UInt64], parent: Job?, isCommand: Bool
  ) -> [Job] {
    let needsReferences = needsPictures(ofTarget: method.use)
    guard let settings = settings(method, model.name, layer: layer), var recipe = recipe(model.name, target)
    else { return [] }
    if needsReferences, parent == nil {
      report(
        method.place,
        "method \"\(method.name)\" needs reference pictures for \(target.address); add \"references\" with their folder"
      )
      return []
    }
    recipe.method = method.use
    recipe.settings = settings
    recipe.snapshots = exhibition.snapshots
    if let parent, needsReferences || target.kind == .direction { recipe.inputs = [parent.identity] }
    var sources = needsReferences ? parent?.sources ?? [] : []
    if usesMagnitudes(method.use) {
      guard let magnitudes = magnitudes(method, settings) else { return [] }
      (recipe.referencesHash, sources) = (magnitudes.hash, magnitudes.sources)
    }
    let isAlone = isCommand && sources.isEmpty
    return seeds.map { seed in
      recipe.seed = seed
      let job = Job(
        kind: .visualization, recipe: recipe,
        title: "\(target.address) by \(method.name) in \(model.name), seed \(seed)",
        sources: sources
      ) { identity in
        isAlone
          ? visualizeCommand(model, method, seed, ["--target=\(target.address)"], nil, isInner: layer != nil)
          : runCommand(identity)
      }
      plan.add(
        job,
        as: Job.Key(
          kind: .visualization, model: model.name, subject: subject, method: method.name, seed: seed))
      return job
    }
  }
}

extension Job.Subject {
  /// A channel, or another unit.
  public init(_ target: Record.Target) {
    if target.kind == .channel, let layer = target.layer, let channel = target.channel {
      self = .channel(layer: layer, channel: channel)
    } else {
      self = .unit(target.address)
    }
  }
}
