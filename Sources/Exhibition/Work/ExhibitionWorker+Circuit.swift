import Attribution
import Models
import Visualization

extension ExhibitionWorker {
  /// A class's circuit, each channel with the patches of the class that excite it most, and what becomes of the class
  /// without it.
  func circuit(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    let (classIndex, label) = try classOf(job)
    let options = try options(job, threads)
    let picture = { (index: Int) in try model.prepare(job.sources[index]) }
    let count = job.sources.count
    var settings = CircuitFinder.Settings()
    settings.channels = job.recipe.count("channels")
    settings.depth = job.recipe.count("depth")
    let found = try CircuitFinder(model, class: classIndex, settings: settings).find(
      pictures: count, options: options, picture: picture,
      progress: { try progress(0.3 * Double($0.done) / Double(max(1, $0.total))) })
    let check = try CircuitCheck.measure(
      found, in: model, pictures: count, seed: job.recipe.seed ?? 0, options: options, picture: picture,
      progress: { try progress(0.3 + 0.2 * Double($0.done) / Double(max(1, $0.total))) })
    var files: [String: Store.NewFile] = [:]
    var channels: [Record.Circuit.Channel] = []
    for (level, layer) in found.layers.enumerated() {
      let nodes = found.nodes.filter { $0.level == level + 1 }
      let patches = try topPatches(
        nodes.map { .channel(layer: layer, channel: $0.channel) }, job, count: Self.shownPatches,
        threads: threads
      ) { (part) throws(CancellationError) in
        try progress(0.5 + 0.5 * (Double(level) + part) / Double(found.layers.count))
      }
      for (node, patches) in zip(nodes, patches) {
        let kept = try keep(patches, as: "level-\(node.level)-channel-\(node.channel)", job)
        files.merge(kept.files) { $1 }
        channels.append(
          Record.Circuit.Channel(
            address: node.address, layer: node.layer, channel: node.channel, level: node.level,
            relevance: node.relevance.mean, spread: node.relevance.spread, share: node.share,
            patches: kept.patches))
      }
    }
    return Artifact(
      payload: .circuit(
        Record.Circuit(
          classIndex: classIndex, label: label, rules: found.rules, layers: found.layers, pictures: count,
          channels: channels,
          edges: found.edges.map {
            .init(
              upper: $0.upper, lower: $0.lower, relevance: $0.relevance.mean, spread: $0.relevance.spread,
              share: $0.share)
          },
          outcomes: check.outcomes.map {
            .init(
              title: $0.title, probability: $0.probability.mean, spread: $0.probability.spread,
              recognized: $0.recognized)
          })), files: files)
  }

  /// The classes that a channel serves, by some natural pictures of each.
  func served(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let model = try library.model(job.recipe.model)
    guard let layer = job.recipe.target.layer, let channel = job.recipe.target.channel else {
      throw WorkError(reason: "\(job.recipe.target.address) is no channel")
    }
    let groups = Dictionary(grouping: job.sources, by: \.classIndex)
    let found = try ServedClasses.find(
      layer, channel: channel, in: model, counts: groups.mapValues(\.count),
      options: try options(job, threads),
      picture: { try model.prepare((groups[$0] ?? [])[$1]) },
      progress: { try progress(Double($0.done) / Double(max(1, $0.total))) })
    return Artifact(
      payload: .served(
        Record.Served(
          pictures: job.recipe.count("pictures"),
          classes: found.classes.map {
            .init(
              label: groups[$0.classIndex]?.first?.className ?? $0.label, share: $0.share.mean,
              spread: $0.share.spread)
          })), files: [:])
  }
}
