import Exhibition
import Foundation
import Imaging
import Support

@testable import Gallery

/// A made-up exhibition with every kind of exhibit, finished, failed and missing, its pictures painted by
/// formula into a temporary folder.
final class Fixture {
  let folder: String
  var collection = Collection()

  /// The repository's own templates.
  static let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("templates").path

  let classes: [String]
  let models = ["resnet", "vit"]
  let methods = ["fourier", "activation-maximization", "vital"]
  var output: String { folder + "/site" }

  /// The pictures' side: small, unless someone wants to look at them.
  let side: Int
  let seeds: [UInt64]

  init(
    classes: [String] = ["zebra", "white shark", "strawberry", "tennis ball", "mushroom"], side: Int = 24,
    seeds: [UInt64] = [1, 2]
  ) throws {
    self.classes = classes
    self.side = side
    self.seeds = seeds
    folder =
      FileManager.default.temporaryDirectory.appendingPathComponent("gallery-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder + "/store", withIntermediateDirectories: true)
    collection.site = SiteFacts(
      title: "What three small networks see",
      summary: "Pictures made by trained networks, and how they were made.",
      version: "0.1", authors: ["A. Author"], licence: "Pictures: CC BY 4.0",
      footer: "Emoji by Noto, SIL OFL 1.1")
    collection.models = models.map { model($0) }
    collection.methods = methods.map { method($0) }
    collection.classes = try classes.enumerated().map { try classExhibit($1, index: $0) }
    collection.units = try [(12, "layer4.1"), (40, "layer4.1"), (7, "layer3")].map { try unit($0, $1) }
    collection.labels[.init(model: "resnet", address: "layer4.1:12")] = "stripes & <edges>"
    collection.circuits = [try circuit(), missingCircuit()]
    collection.concepts = [try concept()]
    collection.units.append(try sum())
    collection.interpolations = [try interpolation()]
    collection.facets = [try facets(), try neuronFacets()]
    collection.ablations = [try ablation()]
    collection.attacks = [try attack(), try attackInSeveralWays(), missingAttack()]
    collection.attackTables = [try attackTable()]
    collection.studies = [try study()]
    collection.pages = [
      try AuthoredPage(
        file: "pages/index.md",
        contents: "---\ntitle: What networks see\n---\nAn *introduction* with [a link](classes/index.html).\n"
      ),
      try AuthoredPage(
        file: "pages/about.md", contents: "---\ntitle: About\norder: 2\n---\n## How\n\nText.\n"),
    ]
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func builder() -> SiteBuilder {
    SiteBuilder(collection: collection, templates: [Self.templates], output: output)
  }

  /// A built page's markup.
  func page(_ path: String) throws -> String {
    // Between numbers and units stand spaces that don't break, which tests needn't know.
    try String(contentsOfFile: output + "/" + path, encoding: .utf8).replacing("\u{A0}", with: " ")
  }

  // MARK: Parts

  /// A painted picture: soft blobs whose places follow from the name.
  func paint(_ name: String, gray: Bool = false) throws -> StoredPicture {
    let size = side
    let digest = Array(Digest.sha256(name).utf8).map { Float($0 % 32) / 32 }
    var image = Image(width: size, height: size, channels: gray ? 1 : 3, filledWith: 0)
    for channel in 0..<image.channels {
      for y in 0..<size {
        for x in 0..<size {
          let u = Float(x) / Float(size), v = Float(y) / Float(size)
          let wave = sin(12 * (u * digest[channel] + v * digest[channel + 4]) + 6 * digest[channel + 9])
          let blob = 1 - min(1, hypot(u - 0.5, v - 0.5) * 2)
          image[channel, y, x] = min(1, max(0, 0.25 + 0.35 * blob + 0.3 * wave * (gray ? blob : 1)))
        }
      }
    }
    let path = folder + "/store/" + Digest.sha256(name).prefix(16) + ".png"
    // Not through AtomicFile: some hundred pictures needn't be synced to disk.
    try image.pngData(text: [(key: "method", value: Digest.sha256(name))]).write(
      to: URL(fileURLWithPath: path))
    return StoredPicture(
      path: path, sha256: try Digest.sha256(ofFile: path), width: size, height: size,
      size: FileStatus(path: path)?.size)
  }

  private func file(_ stored: StoredPicture) -> (String, Record.File) {
    let name = (stored.path as NSString).lastPathComponent
    let bytes = (try? Data(contentsOf: URL(fileURLWithPath: stored.path)).count) ?? 0
    return (
      name, Record.File(sha256: stored.sha256, bytes: bytes, width: stored.width, height: stored.height)
    )
  }

  func record(
    _ kind: Record.Kind, model: String, method: String?, target: Record.Target, seed: UInt64,
    pictures: [StoredPicture], payload: Record.Payload
  ) -> Record {
    Record(
      identity: Digest.sha256("\(kind) \(model) \(method ?? "") \(target.address) \(seed)"), kind: kind,
      recipe: .init(
        model: model, weightsHash: Digest.sha256(model), method: method,
        settings: ["steps": .number(500), "learning_rate": .number(0.05), "schedule": .text("cosine")],
        target: target, seed: seed, size: 96, numerics: 1),
      command:
        "vitrine visualize --model content/models/\(model) --class \"\(target.label ?? "")\" --seed \(seed)",
      files: Dictionary(pictures.map { file($0) }) { first, _ in first }, seconds: 12.4,
      created: "2026-11-21T07:12:31Z", version: "0.1", payload: payload)
  }

  func prediction(_ label: String, _ probability: Double) -> Record.Prediction {
    .init(classIndex: classes.firstIndex(of: label) ?? 0, label: label, probability: probability)
  }

  private func model(_ name: String) -> ModelExhibit {
    ModelExhibit(
      name: name, title: name == "vit" ? "Vision transformer" : "Residual network", architecture: name,
      inputSize: 96,
      labels: classes, parameterCount: 1_605_888, weightsHash: Digest.sha256(name),
      training: [("Data", "24 classes of painted emoji scenes"), ("Epochs", "12")],
      accuracy: name == "vit"
        ? .missing(reason: "The evaluation was interrupted.")
        : .here(
          .init(
            top1: 0.982, top5: 1, count: 50 * classes.count,
            classes: classes.enumerated().map {
              .init(classIndex: $0, label: $1, correct: 50 - $0, count: 50)
            })))
  }

  private func method(_ name: String) -> MethodExhibit {
    let titles = [
      "fourier": "Fourier", "activation-maximization": "Activation maximization", "vital": "VITAL",
    ]
    return MethodExhibit(
      name: name, title: titles[name] ?? name,
      summary: "Raises the *activation* of the target by gradient ascent.",
      citation: "A. Author, *Title*, 2025.",
      bibtex: "@article{key,\n  title = {Title & more},\n  year = 2025\n}", link: "https://example.org/paper",
      needsReferences: name == "vital")
  }

  /// A picture by a method; `failure` makes a gap.
  func work(_ target: Record.Target, model: String, method: String, seed: UInt64, failure: String? = nil)
    throws -> Work
  {
    if let failure {
      return Work(model: model, method: method, seed: seed, target: target, result: .missing(reason: failure))
    }
    let name = "\(target.address) \(model) \(method) \(seed)"
    let picture = try paint(name)
    let map = try paint(name + " map", gray: true)
    let steps = try [0, 100, 200, 300, 400].map { (step: $0, picture: try paint(name + " \($0)")) }
    let base = { (stored: StoredPicture) in (stored.path as NSString).lastPathComponent }
    let isClass = target.kind == .classLogit
    let visualization = Record.Visualization(
      picture: base(picture), transparency: base(map), activation: 11.27,
      targetProbability: isClass ? 0.934 : nil,
      steps: 500, snapshots: (steps + [(500, picture)]).map { .init(step: $0.step, file: base($0.picture)) },
      trace: (0...10).map { .init(step: $0 * 50, loss: 8 / Double($0 + 1), activation: Double($0)) })
    let record = record(
      .visualization, model: model, method: method, target: target, seed: seed,
      pictures: [picture, map] + steps.map(\.picture), payload: .visualization(visualization))
    let label = target.label ?? ""
    let judgements =
      !isClass
      ? []
      : models.enumerated().map { index, judge in
        Work.Judged(
          model: judge,
          judgement: .init(
            picture: record.identity, file: base(picture),
            predictions: [
              prediction(index == 0 ? label : classes[1], 0.93), prediction(classes[2], 0.04),
              prediction(classes[3], 0.0004),
            ], targetProbability: 0.9, targetRank: index == 0 || label == classes[1] ? 1 : 2))
      }
    return Work(
      model: model, method: method, seed: seed, target: target,
      result: .here(.init(record: record, visualization: visualization, folder: folder + "/store")),
      judgements: judgements)
  }

  func naturals(_ name: String, _ count: Int) throws -> [NaturalPicture] {
    try (0..<count).map { number in
      var picture = try paint("\(name) \(number)")
      picture.isNatural = true
      return NaturalPicture(picture: picture, source: "\(name)/\(number).jpg", score: 9.5 - Double(number))
    }
  }

  private func attribution(_ label: String, _ model: String) throws -> AttributionExhibit {
    AttributionExhibit(
      method: "epsilon-plus-flat",
      maps: .here(
        try (0..<4).map { number in
          NaturalPicture(
            picture: try paint("map \(label) \(model) \(number)"), source: "\(label)/\(number).jpg",
            score: nil)
        }))
  }

  private func classExhibit(_ label: String, index: Int) throws -> ClassExhibit {
    let target = Record.Target(kind: .classLogit, classIndex: index, label: label, address: "class:\(label)")
    let works = try models.flatMap { model in
      try methods.flatMap { method in
        try seeds.map { seed in
          try work(
            target, model: model, method: method, seed: seed,
            failure: index == 1 && method == "fourier"
              ? "The optimization left the range of numbers at step 31." : nil)
        }
      }
    }
    return ClassExhibit(
      label: label,
      references: index == 3
        ? .missing(reason: "The folder has no pictures.") : .here(try naturals(label, 4)),
      maps: index == 3
        ? [:] : ["resnet": try attribution(label, "resnet"), "vit": try attribution(label, "vit")],
      works: works)
  }

  private func channelTarget(_ channel: Int, _ layer: String = "layer4.1") -> Record.Target {
    .init(kind: .channel, layer: layer, channel: channel, address: "\(layer):\(channel)")
  }

  private func unit(_ channel: Int, _ layer: String) throws -> UnitExhibit {
    UnitExhibit(
      model: "resnet", target: channelTarget(channel, layer),
      patches: .here(try naturals("patch \(channel)", 9)),
      lowest: try naturals("lowest \(channel)", 9), highest: [1.2, 1.1, 1, 0.9],
      figures: .init(
        count: 1200, skipped: 2, mean: 0.7, deviation: 0.31,
        histogram: .init(start: -0.25, width: 0.125, counts: [3, 17, 0, 105, 240, 350, 290, 120, 61, 14]),
        classes: [
          .init(label: classes[0], mean: 1.25, count: 50), .init(label: "not shown", mean: 0.5, count: 48),
        ]),
      works: try methods.map { try work(channelTarget(channel, layer), model: "resnet", method: $0, seed: 1) }
    )
  }

  /// A unit that is no channel.
  private func sum() throws -> UnitExhibit {
    let label = "\(classes[0]) − 0.5 × \(classes[1])"
    let target = Record.Target(kind: .unit, label: label, address: "class:0 - 0.5*class:1")
    return UnitExhibit(
      model: "resnet", target: target, patches: .here(try naturals("sum", 9)),
      works: [try work(target, model: "resnet", method: "fourier", seed: 1)])
  }

  private func interpolation() throws -> InterpolationExhibit {
    let ends = Record.Target.Ends(
      from: "class:0", fromTitle: classes[0], to: "class:1", toTitle: classes[1], count: 5)
    let pictures = try (0..<5).map { try paint("row \($0)") }
    let found = Record.Interpolation(
      pictures: pictures.enumerated().map {
        .init(
          file: ($1.path as NSString).lastPathComponent, share: Double($0) / 4, first: 12 - Double(3 * $0),
          second: Double(2 * $0) - 1.5)
      }, steps: 500, trace: [])
    let record = record(
      .interpolation, model: "resnet", method: "fourier",
      target: .init(kind: .interpolation, address: "class:0 → class:1", ends: ends), seed: 1,
      pictures: pictures,
      payload: .interpolation(found))
    return InterpolationExhibit(
      name: "row", title: "From one to the other", model: "resnet", from: classes[0], to: classes[1],
      rows: [
        .init(
          seed: 1, finding: .here(.init(record: record, interpolation: found, folder: folder + "/store"))),
        .init(seed: 2, finding: .missing(reason: "Not computed yet.")),
      ])
  }

  private func facets() throws -> FacetsExhibit {
    let parts = try (0..<2).map { index in
      let target = Record.Target(
        kind: .facet, classIndex: 0, label: classes[0], channel: index, address: "facet:sorts/\(index)")
      return FacetsExhibit.Facet(
        facet: .init(index: index, members: (0..<30 - 10 * index).map { "a/\($0).jpg" }, pictures: []),
        pictures: try naturals("facet \(index)", 8),
        works: try seeds.map { try work(target, model: "resnet", method: "vital", seed: $0) })
    }
    return FacetsExhibit(
      name: "sorts", title: "Two sorts", model: "resnet", label: classes[0],
      finding: .here(
        .init(classIndex: 0, label: classes[0], explained: 0.41, facets: parts.map(\.facet))), facets: parts)
  }

  private func neuronFacets() throws -> FacetsExhibit {
    let parts = try (0..<2).map { index in
      let target = Record.Target(
        kind: .neuronFacet, label: "layer4.1, channel 12", layer: "layer4.1", channel: index,
        address: "facet:mixed/\(index)")
      return FacetsExhibit.Facet(
        facet: .init(index: index, members: (0..<60 - 20 * index).map { "a/\($0).jpg" }, pictures: []),
        pictures: try naturals("patch \(index)", 8),
        works: [try work(target, model: "resnet", method: "vital", seed: 1)])
    }
    return FacetsExhibit(
      name: "mixed", title: "A mixed neuron", model: "resnet", label: "layer4.1, channel 12", isNeuron: true,
      unit: channelTarget(12),
      finding: .here(
        .init(
          classIndex: nil, label: "layer4.1, channel 12", explained: 0.5, silhouettes: [0.36, 0.24],
          facets: parts.map(\.facet))), facets: parts)
  }

  private func ablation() throws -> AblationExhibit {
    let shown = Array(classes.prefix(2))
    func row(_ label: String, _ changes: [String] = [], isCutOut: Bool = false) throws -> AblationExhibit.Row
    {
      .init(
        label: label, changes: changes, isCutOut: isCutOut,
        works: try shown.enumerated().map { index, name in
          let target = Record.Target(
            kind: .classLogit, classIndex: index, label: name, address: "class:\(name)/\(label)")
          return try work(target, model: "resnet", method: "vital", seed: 1)
        })
    }
    var gap = try row("bf16", ["precision: bf16"])
    gap = .init(
      label: gap.label, changes: gap.changes, isCutOut: false,
      works: gap.works.map { work in
        var work = work
        work.result = .missing(reason: "Not computed yet.")
        return work
      })
    return AblationExhibit(
      name: "needs", title: "What it needs", model: "resnet", method: "vital", classes: shown,
      rows: [
        try row("as it is"), try row("the stem alone", ["layers: conv1", "layer_weights: [1]"]),
        try row("cut out", ["transparency: true"], isCutOut: true), gap,
      ])
  }

  private func circuit() throws -> CircuitExhibit {
    let channels = try [("layer4.1", 12), ("layer4.1", 40), ("layer3", 7)].enumerated().map { index, place in
      let (layer, channel) = place
      let found = Record.Circuit.Channel(
        address: "\(layer):\(channel)", layer: layer, channel: channel, level: index < 2 ? 1 : 2,
        relevance: 1.25 - 0.5 * Double(index), spread: 0.2, share: [0.31, 0.12, 0.05][index], patches: [])
      return CircuitExhibit.Channel(
        channel: found, patches: try naturals("patch \(channel)", 6),
        works: [try work(channelTarget(channel, layer), model: "resnet", method: "vital", seed: 1)])
    }
    return CircuitExhibit(
      name: "stripes", title: "How the network reads zebra", model: "resnet", label: "zebra",
      finding: .here(
        .init(
          classIndex: 0, label: "zebra", rules: "epsilon-plus", layers: ["layer4.1", "layer3"], pictures: 50,
          channels: channels.map(\.channel),
          edges: [
            .init(upper: nil, lower: 0, relevance: 1.25, spread: 0.2, share: 0.31),
            .init(upper: nil, lower: 1, relevance: 0.75, spread: 0.2, share: 0.12),
            .init(upper: 0, lower: 2, relevance: 0.25, spread: 0.1, share: 0.2),
            .init(upper: 1, lower: 2, relevance: 0.1, spread: 0.1, share: 0.1),
          ],
          outcomes: [
            .init(title: "as it is", probability: 0.95, spread: 0.02, recognized: 1),
            .init(
              title: "without the circuit's channels", probability: 0.4, spread: 0.2, recognized: 0.5),
          ])),
      channels: channels)
  }

  private func missingCircuit() -> CircuitExhibit {
    CircuitExhibit(
      name: "fins", title: "Fins", model: "vit", label: "white shark",
      finding: .missing(reason: "The references of this class are missing."))
  }

  private func concept() throws -> ConceptExhibit {
    let directions = try (0..<2).map { index in
      let direction = Record.Concept.Direction(
        index: index, importance: index == 0 ? 0.62 : 0.21, weights: [0.1, 0.9, 0, 0.4], patches: [])
      let target = Record.Target(
        kind: .direction, classIndex: 0, label: "zebra", layer: "layer4.1", channel: index,
        address: "concept:coat/\(index)")
      return ConceptExhibit.Direction(
        direction: direction, patches: try naturals("coat \(index)", 6),
        maps: try naturals("coat map \(index)", 4),
        works: try ["fourier", "vital"].map { try work(target, model: "resnet", method: $0, seed: 1) })
    }
    return ConceptExhibit(
      name: "coat", title: "Coat and meadow", model: "resnet", label: "zebra",
      finding: .here(
        .init(
          classIndex: 0, label: "zebra", layer: "layer4.1", explained: 0.87,
          directions: directions.map(\.direction))),
      directions: directions)
  }
}
