import CKernels
import NeuralNetwork

/// A layer normalization over tokens' numbers or a map's channels whose deviation counts as constant.
final class LayerNormStage: RelevanceStage {
  private let context: RelevanceContext
  private let operation: Operation.LayerNorm
  private let epsilon: Double

  init(_ operation: Operation.LayerNorm, epsilon: Double, _ context: RelevanceContext) {
    self.operation = operation
    self.epsilon = epsilon
    self.context = context
  }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    guard let first = inputs.first, let target = first else { return }
    let shape = context.node.shape
    let isMap = shape.count == 3
    let width = isMap ? shape[0] : shape.last ?? 1
    let whole = shape.reduce(1, *)
    let positions = whole / width
    for picture in 0..<context.batch {
      let at = picture * whole
      vitrine_relevance_layer_norm(
        Int64(positions), Int64(width), Int64(isMap ? 1 : width), Int64(isMap ? positions : 1),
        context.inputs[0] + at, context.value + at, relevance + at, operation.scale.values.baseAddress,
        operation.epsilon, Float(epsilon), target + at)
    }
  }
}
