import Models
import NeuralNetwork
import Visualization

/// Reads how strongly a patch excites each of some units.
struct PatchScorer {
  /// The nodes that are read.
  let taps: [Graph.NodeID]
  /// How many units there are.
  let units: Int
  private let kind: Kind

  private enum Kind {
    /// C×H×W maps or a vector: a channel's positions lie together.
    case planes(Graph.NodeID, positions: Int)
    /// T×D tokens: a position's channels lie together.
    case tokens(Graph.NodeID, positions: Int)
    case targets([TargetReader])
  }

  /// Throws `VisualizationError` for what the model doesn't have.
  init(_ subject: PatchQuestion.Subject, in model: Model) throws(VisualizationError) {
    switch subject {
    case .layer(let name):
      guard let node = model.graph.node(named: name) else {
        throw .unknownLayer(name, known: model.graph.allNames)
      }
      guard node != model.graph.input else {
        throw .unsuitableLayer(name, reason: "it is the picture itself")
      }
      let shape = model.graph[node].shape
      taps = [node]
      switch shape.count {
      case 3: (kind, units) = (.planes(node, positions: shape[1] * shape[2]), shape[0])
      case 2: (kind, units) = (.tokens(node, positions: shape[0]), shape[1])
      default: (kind, units) = (.planes(node, positions: 1), shape.reduce(1, *))
      }
    case .targets(let targets):
      var readers: [TargetReader] = []
      for target in targets { readers.append(try TargetReader(target, in: model)) }
      taps = Set(readers.flatMap(\.taps)).sorted()
      units = targets.count
      kind = .targets(readers)
    }
  }

  /// Writes each unit's activation by a patch: for channels the mean over all positions.
  func read(
    _ value: (Graph.NodeID) -> UnsafeBufferPointer<Float>, into scores: UnsafeMutableBufferPointer<Float>
  ) {
    switch kind {
    case .planes(let node, let positions): Self.averageRows(value(node), of: positions, into: scores)
    case .tokens(let node, let positions): Self.averageColumns(value(node), of: positions, into: scores)
    case .targets(let readers):
      for (place, reader) in readers.enumerated() { scores[place] = Float(reader.activation(value)) }
    }
  }

  private static func averageRows(
    _ values: UnsafeBufferPointer<Float>, of positions: Int, into scores: UnsafeMutableBufferPointer<Float>
  ) {
    for channel in scores.indices {
      let start = channel * positions
      // Sums in a fixed order, several side by side for the sake of speed.
      var sums = SIMD8<Double>.zero
      var position = 0
      while position + 8 <= positions {
        var part = SIMD8<Float>.zero
        for lane in 0..<8 { part[lane] = values[start + position + lane] }
        sums += SIMD8<Double>(part)
        position += 8
      }
      var sum = sums.sum()
      while position < positions {
        sum += Double(values[start + position])
        position += 1
      }
      scores[channel] = Float(sum / Double(positions))
    }
  }

  private static func averageColumns(
    _ values: UnsafeBufferPointer<Float>, of positions: Int, into scores: UnsafeMutableBufferPointer<Float>
  ) {
    var sums = [Double](repeating: 0, count: scores.count)
    sums.withUnsafeMutableBufferPointer { sums in
      for position in 0..<positions {
        let start = position * scores.count
        for channel in sums.indices { sums[channel] += Double(values[start + channel]) }
      }
    }
    for channel in scores.indices { scores[channel] = Float(sums[channel] / Double(positions)) }
  }
}
