import CKernels
import NeuralNetwork

/// The greatest values of windows, as if they were the means of windows side by side.
///
/// VITAL's authors take 2×2 windows for ResNet's 3×3 ones with a stride of 2 (`lrp_layers.py`). Where the map isn't made
/// of such windows, those of the operation itself serve.
final class MeanPoolingStage: RelevanceStage {
  private let context: RelevanceContext
  private let executor: Executor
  private let tap: Graph.NodeID

  init(_ pooling: Operation.Pooling, _ context: RelevanceContext) throws(NetworkError) {
    self.context = context
    let beside = Operation.Pooling(kernel: pooling.stride, stride: pooling.stride)
    var overlapping = pooling
    overlapping.countsPadding = false
    var graph = Graph(inputShape: context.inputShapes[0])
    var made = try? graph.add(context.node.name, .averagePool(beside), graph.input)
    if made.map({ graph[$0].shape }) != context.node.shape {
      graph = Graph(inputShape: context.inputShapes[0])
      made = try graph.add(context.node.name, .averagePool(overlapping), graph.input)
    }
    guard let made else { throw .shape(node: context.node.name, reason: "has no windows") }
    tap = made
    executor = try Executor(graph: graph, batch: context.batch, taps: [tap], options: context.options)
  }

  func propagate(
    _ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]
  ) throws(NetworkError) {
    guard let first = inputs.first, let target = first, let input = executor.input.baseAddress,
      let value = executor.value(of: tap).baseAddress, let seed = executor.seed(of: tap).baseAddress,
      let gradient = executor.inputGradient.baseAddress
    else { return }
    let count = context.inputCount(0)
    input.update(from: context.inputs[0], count: count)
    try executor.forward()
    vitrine_relevance_ratio(Int64(context.count), relevance, value, 1e-12, 1, nil, 0, seed)
    try executor.backward(from: [tap])
    vitrine_relevance_collect(Int64(count), context.inputs[0], gradient, target)
  }
}
