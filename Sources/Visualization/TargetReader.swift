import Foundation
public import Models
public import NeuralNetwork

/// Reads how strongly a target is activated by a picture: Σ weight·activation over its terms.
public struct TargetReader: Sendable {
  /// The nodes whose values are read, each once.
  public let taps: [Graph.NodeID]
  /// The class, if the target is the score or the probability of one.
  public let classIndex: Int?
  let terms: [TermReader]

  /// A reader for a network. Throws ``VisualizationError`` if the network has no such target.
  public init(_ target: Target, in model: Model) throws(VisualizationError) {
    self.init(try target.resolved(in: model), in: model.graph)
  }

  /// A reader for a graph, which may be the network at another size than the target was found in.
  init(_ target: ResolvedTarget, in graph: Graph) {
    taps = target.taps
    classIndex = target.classIndex
    terms = target.terms.map { TermReader($0, in: graph) }
  }

  /// Writes the slope of the activation into an executor's seeds, after its forward run of one picture.
  public func writeSlope(to executor: Executor) {
    for term in terms { term.clear(start(of: executor.seed(of: term.node))) }
    for term in terms {
      term.addSlope(
        Double(term.weight), at: start(of: executor.value(of: term.node)),
        to: start(of: executor.seed(of: term.node)))
    }
  }

  /// The activation, given the value of each of ``taps`` for one picture.
  public func activation(_ value: (Graph.NodeID) -> UnsafeBufferPointer<Float>) -> Double {
    terms.reduce(0) { $0 + Double($1.weight) * $1.activation(start(of: value($1.node))) }
  }
}

/// Reads one term of a target in one picture's value of its node, and gives its slope.
struct TermReader: Sendable {
  let weight: Float
  let node: Graph.NodeID
  let layout: ChannelLayout
  let quantity: ResolvedTarget.Quantity
  /// The positions that are averaged over.
  let positions: Range<Int>

  init(_ term: ResolvedTarget.Term, in graph: Graph) {
    weight = term.weight
    node = term.node
    quantity = term.quantity
    layout = graph[term.node].layout
    positions =
      term.position.map { position in
        let fitted = Self.fitted(position, from: term.shape, to: graph[term.node].shape)
        return fitted..<fitted + 1
      } ?? 0..<layout.positions
  }

  /// Where a position of a map lies when the network runs at another size: the one that holds its middle.
  private static func fitted(_ position: Int, from shape: [Int], to other: [Int]) -> Int {
    guard shape.count == 3, other.count == 3, shape != other else { return position }
    func scaled(_ index: Int, _ axis: Int) -> Int {
      min(other[axis] - 1, (2 * index + 1) * other[axis] / (2 * shape[axis]))
    }
    return scaled(position / shape[2], 1) * other[2] + scaled(position % shape[2], 2)
  }

  /// Numbers of one picture's value.
  var count: Int { layout.channels * layout.positions }

  /// The activation, without the weight.
  func activation(_ value: UnsafePointer<Float>) -> Double {
    switch quantity {
    case .channels(let channels):
      var sum = 0.0
      for term in channels {
        var own = 0.0
        for position in positions { own += Double(value[layout.index(term.channel, position)]) }
        sum += Double(term.weight) * own
      }
      return sum / Double(positions.count)
    case .norm(let channels):
      return positions.reduce(0) { $0 + norm(value, channels, at: $1) } / Double(positions.count)
    case .logProbability(let channel):
      return Double(value[channel]) - logSumExp(UnsafeBufferPointer(start: value, count: layout.channels))
    }
  }

  /// Sets to zero what ``addSlope(_:at:to:)`` adds to.
  func clear(_ seed: UnsafeMutablePointer<Float>) {
    forEachChannel { channel, position in seed[layout.index(channel, position)] = 0 }
  }

  /// Adds `factor` times the slope of the activation, without the weight.
  func addSlope(_ factor: Double, at value: UnsafePointer<Float>, to seed: UnsafeMutablePointer<Float>) {
    let share = factor / Double(positions.count)
    switch quantity {
    case .channels(let channels):
      for term in channels {
        let slope = Float(share) * term.weight
        for position in positions { seed[layout.index(term.channel, position)] += slope }
      }
    case .norm(let channels):
      for position in positions {
        let length = norm(value, channels, at: position)
        // A norm has no slope at 0.
        guard length > 0 else { continue }
        let slope = Float(share / length)
        for channel in channels {
          let index = layout.index(channel, position)
          seed[index] += slope * value[index]
        }
      }
    case .logProbability(let channel):
      let normalizer = logSumExp(UnsafeBufferPointer(start: value, count: layout.channels))
      for index in 0..<layout.channels {
        seed[index] -= Float(factor * exp(Double(value[index]) - normalizer))
      }
      seed[channel] += Float(factor)
    }
  }

  func norm(_ value: UnsafePointer<Float>, _ channels: Range<Int>, at position: Int) -> Double {
    channels.reduce(0) {
      let number = Double(value[layout.index($1, position)])
      return $0 + number * number
    }.squareRoot()
  }

  /// Calls `body` for each number that the activation depends on.
  private func forEachChannel(_ body: (_ channel: Int, _ position: Int) -> Void) {
    func each(_ channels: some Sequence<Int>) {
      for channel in channels { for position in positions { body(channel, position) } }
    }
    switch quantity {
    case .channels(let channels): each(channels.lazy.map(\.channel))
    case .norm(let channels): each(channels)
    case .logProbability: each(0..<layout.channels)
    }
  }
}
