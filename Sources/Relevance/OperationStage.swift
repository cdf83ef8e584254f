import CKernels
import NeuralNetwork

/// An operation with one input that runs as it is: the plain gradient, or the epsilon rule for what is linear.
final class OperationStage: RelevanceStage {
  /// What is done around the operation's own way back.
  enum Mode {
    /// The gradient at the input that was.
    case gradient
    /// a·Σ w·R/stab(z), with z as the network had it.
    case epsilon(Double)
    /// The same for attention, whose query, key and value then take these parts of it.
    case attention(epsilon: Double, factors: (query: Float, key: Float, value: Float))
  }

  private let context: RelevanceContext
  private let mode: Mode
  private let executor: Executor
  private let tap: Graph.NodeID
  private let needsForward: Bool

  init(_ mode: Mode, _ context: RelevanceContext) throws(NetworkError) {
    self.mode = mode
    self.context = context
    var graph = Graph(inputShape: context.inputShapes[0])
    tap = try graph.add(context.node.name, context.node.operation, graph.input)
    executor = try Executor(graph: graph, batch: context.batch, taps: [tap], options: context.options)
    needsForward = !context.node.operation.isLinear
  }

  func propagate(
    _ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]
  ) throws(NetworkError) {
    guard let first = inputs.first, let target = first, let seed = executor.seed(of: tap).baseAddress,
      let input = executor.input.baseAddress, let gradient = executor.inputGradient.baseAddress
    else { return }
    let count = Int64(context.inputCount(0))
    let value = context.inputs[0]
    if needsForward {
      input.update(from: value, count: Int(count))
      try executor.forward()
    }
    switch mode {
    case .gradient: seed.update(from: relevance, count: context.count)
    case .epsilon(let epsilon), .attention(let epsilon, _):
      vitrine_relevance_ratio(
        Int64(context.count), relevance, context.value, Float(epsilon), 1, nil, 0, seed)
    }
    try executor.backward(from: [tap])
    switch mode {
    case .gradient: vitrine_accumulate(count, gradient, target)
    case .epsilon: vitrine_relevance_collect(count, value, gradient, target)
    case .attention(_, let factors):
      let width = (context.inputShapes[0].last ?? 3) / 3
      withUnsafePointer(to: factors) {
        $0.withMemoryRebound(to: Float.self, capacity: 3) {
          vitrine_relevance_collect_attention(
            count / Int64(3 * width), Int64(width), value, gradient, $0, target)
        }
      }
    }
  }
}

extension Operation {
  /// Whether its way back doesn't depend on what its input was.
  var isLinear: Bool {
    switch self {
    case .convolution, .linear, .averagePool, .globalAveragePool, .gridAveragePool, .zeroPad, .padChannels,
      .tokens,
      .rows, .map, .selectToken, .tokenMean, .flatten, .scale, .batchNorm, .concatenate, .add:
      true
    default: false
    }
  }
}
