public import Models
public import NeuralNetwork
public import Relevance

/// Finds the circuit of a class, level by level.
public struct CircuitFinder {
  /// What is looked for.
  public struct Settings: Sendable, Equatable {
    /// How many levels below the class.
    public var depth = 2
    /// How many channels the class, and each channel above the last level, is followed to.
    public var channels = 3
    /// The layers from the class down, as many as levels; the penultimate one and the stages below it if empty.
    public var layers: [String] = []
    /// The rules; those that suit the network's family if `nil`.
    public var rules: RelevanceComposite?

    /// The usual settings.
    public init() {}
  }

  let model: Model
  let classIndex: Int
  let settings: Settings
  let rules: RelevanceComposite
  let levels: [(name: String, node: Graph.NodeID)]

  /// Plans a search. Throws ``AttributionError`` for layers that don't follow each other down from the class.
  public init(_ model: Model, class classIndex: Int, settings: Settings = .init()) throws {
    precondition(model.labels.indices.contains(classIndex), "the class is one of the model's")
    self.model = model
    self.classIndex = classIndex
    self.settings = settings
    rules = settings.rules ?? AttributionMethod.usualRules(for: model.architecture)
    let names = settings.layers.isEmpty ? model.circuitLayers : settings.layers
    let depth = settings.layers.isEmpty ? settings.depth : names.count
    guard depth > 0, depth <= names.count else {
      throw AttributionError.circuitDepth(settings.depth, most: names.count, model: model.name)
    }
    levels = try names.prefix(depth).map { name in
      guard let node = model.node(ofLayer: name) else {
        throw AttributionError.unknownLayer(name, model: model.name)
      }
      return (name, node)
    }
  }

  /// Looks at pictures of the class, prepared for the model; each is asked for once a level. Throws ``AttributionError``
  /// without pictures or where relevance is no number, `NetworkError`, and what `picture` and `progress` throw.
  public func find(
    pictures count: Int, options: Executor.Options = .init(), picture: (_ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> Circuit {
    guard count > 0 else { throw AttributionError.noPictures("the circuit of a class") }
    let tracer = try CircuitTracer(
      model, class: classIndex, levels: levels.map(\.node), rules: rules, options: options)
    var growth = CircuitGrowth(settings.channels)
    for level in levels.indices {
      var rows: [[[Double]]] = []
      for index in 0..<count {
        let sums = try tracer.trace(try picture(index), along: growth.paths)
        guard sums.joined().allSatisfy(\.isFinite) else {
          throw AttributionError.notFinite(model: model.name)
        }
        rows.append(sums)
        try progress(
          .init(stage: .looking, done: level * count + index + 1, total: levels.count * count))
      }
      growth.grow(rows, layer: levels[level].name)
    }
    return Circuit(
      classIndex: classIndex, label: model.labels[classIndex], rules: rules.name,
      layers: levels.map(\.name), count: count, nodes: growth.nodes, edges: growth.edges)
  }
}

extension Model {
  /// The layers of a circuit from the class down: the penultimate one, and the stages below it.
  var circuitLayers: [String] {
    let top = penultimateLayer
    let below = zip(stageNames, stages).filter { $0.0 != top && $0.1 != penultimate && $0.1 < penultimate }
    return [top] + below.map(\.0).reversed()
  }

  /// The node of a layer or a stage.
  func node(ofLayer name: String) -> Graph.NodeID? {
    stageNames.firstIndex(of: name).map { stages[$0] } ?? graph.node(named: name)
  }
}
