import Foundation
public import Models
public import NeuralNetwork
import Tensor

/// Whether a network needs a circuit's channels: what becomes of the class where they are set to zero, or all but them.
///
/// Beyond the paper. A circuit that explains a decision takes it away when it goes, and keeps it when all else goes; as
/// many channels chosen at random do neither.
public struct CircuitCheck: Sendable, Codable, Equatable {
  /// What is set to zero.
  public enum Cut: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case nothing
    /// The circuit's channels.
    case circuit
    /// All channels of their layers but those.
    case rest
    /// As many other channels of each layer, at random; the mean over several draws.
    case random
  }

  /// What becomes of the class.
  public struct Outcome: Sendable, Codable, Equatable {
    /// What was set to zero.
    public var cut: Cut
    /// In which level of the circuit; `nil` for all at once.
    public var level: Int?
    /// The class's probability.
    public var probability: Circuit.Figure
    /// In how much of the pictures the class is the first guess, from 0 to 1.
    public var recognized: Double

    /// An outcome from its parts.
    public init(cut: Cut, level: Int?, probability: Circuit.Figure, recognized: Double) {
      self.cut = cut
      self.level = level
      self.probability = probability
      self.recognized = recognized
    }
  }

  /// First the untouched network's, then each level's, then those of all levels at once.
  public var outcomes: [Outcome]

  /// Outcomes.
  public init(outcomes: [Outcome]) { self.outcomes = outcomes }

  /// How many times other channels are drawn.
  static let draws = 5

  /// Cuts a circuit out of a network, shown pictures of the class prepared for the model. Random channels follow from the
  /// seed. Throws ``AttributionError`` without pictures, `NetworkError`, and what `picture` and `progress` throw.
  public static func measure(
    _ circuit: Circuit, in model: Model, pictures count: Int, seed: UInt64 = 0, batch: Int = 16,
    options: Executor.Options = .init(), picture: (_ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> CircuitCheck {
    guard count > 0 else { throw AttributionError.noPictures("the check of a circuit") }
    let levels = try circuit.layers.enumerated().map { level, name in
      guard let node = model.node(ofLayer: name) else {
        throw AttributionError.unknownLayer(name, model: model.name)
      }
      return Level(
        node: node, width: model.graph.channelCount(of: node),
        channels: circuit.channels(ofLevel: level + 1))
    }
    var cases: [(cut: Cut, level: Int?, masks: [[Graph.NodeID: [Float]]])] = [(.nothing, nil, [[:]])]
    // All at once is what a single level is, if there is but one.
    let parts = levels.indices.map { Optional($0) } + (levels.count > 1 ? [nil] : [])
    var random = RandomSource(seed: seed, label: "circuit")
    for part in parts {
      let chosen = part.map { [levels[$0]] } ?? levels
      for cut in [Cut.circuit, .rest, .random] {
        let masks = (0..<(cut == .random ? draws : 1)).map { _ in
          Dictionary(uniqueKeysWithValues: chosen.map { ($0.node, $0.mask(cut, &random)) })
        }
        cases.append((cut, part.map { $0 + 1 }, masks))
      }
    }
    let total = cases.reduce(0) { $0 + $1.masks.count } * count
    var done = 0
    var outcomes: [Outcome] = []
    for one in cases {
      var probabilities: [Double] = []
      var recognized = 0
      for masks in one.masks {
        let (graph, ids) = try model.graph.masked(masks)
        let trial = try MaskedRun(model, graph, logits: ids[model.logits] ?? model.logits, batch, options)
        try trial.run(count: count, picture: picture) { logits in
          let greatest = logits.max() ?? 0
          let sum = logits.reduce(0) { $0 + exp(Double($1 - greatest)) }
          probabilities.append(exp(Double(logits[circuit.classIndex] - greatest)) / sum)
          if logits[circuit.classIndex] == greatest { recognized += 1 }
          done += 1
          try progress(.init(stage: .weighing, done: done, total: total))
        }
      }
      outcomes.append(
        .init(
          cut: one.cut, level: one.level, probability: .init(probabilities),
          recognized: Double(recognized) / Double(max(1, probabilities.count))))
    }
    return CircuitCheck(outcomes: outcomes)
  }

  private struct Level {
    let node: Graph.NodeID
    let width: Int
    let channels: [Int]

    /// 1 for channels that stay, 0 for those that are set to zero.
    func mask(_ cut: Cut, _ random: inout RandomSource) -> [Float] {
      let own = Set(channels)
      switch cut {
      case .nothing: return [Float](repeating: 1, count: width)
      case .circuit: return (0..<width).map { own.contains($0) ? 0 : 1 }
      case .rest: return (0..<width).map { own.contains($0) ? 1 : 0 }
      case .random:
        var others = (0..<width).filter { !own.contains($0) }
        let count = min(own.count, others.count)
        for place in 0..<count { others.swapAt(place, random.integer(in: place...others.count - 1)) }
        let drawn = Set(others.prefix(count))
        return (0..<width).map { drawn.contains($0) ? 0 : 1 }
      }
    }
  }
}

/// Runs pictures through a changed network.
private struct MaskedRun {
  let model: Model
  let executor: Executor
  let logits: Graph.NodeID

  init(
    _ model: Model, _ graph: Graph, logits: Graph.NodeID, _ batch: Int, _ options: Executor.Options
  ) throws {
    self.model = model
    self.logits = logits
    executor = try Executor(graph: graph, batch: batch, taps: [logits], gradient: false, options: options)
  }

  func run(
    count: Int, picture: (Int) throws -> [Float], read: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    let (size, classes) = (model.input.count, model.labels.count)
    for start in stride(from: 0, to: count, by: executor.batch) {
      let group = start..<min(start + executor.batch, count)
      for index in group {
        var values = try picture(index)
        model.input.normalize(&values)
        _ = UnsafeMutableBufferPointer(rebasing: executor.input[((index - start) * size)...])
          .update(fromContentsOf: values)
      }
      try executor.forward()
      for index in 0..<group.count {
        try read(
          UnsafeBufferPointer(
            rebasing: executor.value(of: logits)[index * classes..<(index + 1) * classes]))
      }
    }
  }
}

extension Graph {
  /// The same network with the channels of some nodes times a factor each, and where its nodes are found in it.
  fileprivate func masked(_ masks: [NodeID: [Float]]) throws -> (graph: Graph, ids: [NodeID: NodeID]) {
    var graph = Graph(inputShape: self[input].shape)
    var ids = [input: graph.input]
    for id in self.ids where id != input {
      let node = self[id]
      let made = try graph.add(node.name, node.operation, node.inputs.compactMap { ids[$0] })
      ids[id] = made
      if let mask = masks[id] {
        let factors = Parameter(name: "\(node.name).mask", shape: [mask.count], copying: mask)
        ids[id] = try graph.add("\(node.name).mask", .scale(.init(scale: factors)), [made])
      }
    }
    return (graph, ids)
  }
}
