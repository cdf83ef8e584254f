import CKernels

/// Multi-head self-attention over tokens of query, key and value, with a result for all or for one.
final class AttentionKernel: Kernel {
  private let context: KernelContext
  private var shape: vitrine_attention
  /// softmax(QKᵀ/√d) of each head of each picture, kept for the gradient.
  private let weights: Storage
  var keepsInputs: Bool { true }

  init(heads: Int, causal: Bool, token: Int? = nil, _ context: KernelContext) {
    self.context = context
    let extents = context.inputs[0].extents
    let (tokens, width) = (Int64(extents.shape[0]), Int64(extents.shape[1] / 3))
    shape = vitrine_attention(
      pictures: Int64(extents.batch), heads: Int64(heads), tokens: tokens, width: width,
      first_query: Int64(token ?? 0), queries: token == nil ? tokens : 1, causal: causal ? 1 : 0)
    weights = Storage(capacity: Int(vitrine_attention_weights(&shape)))
    context.scratch.reserve(vitrine_attention_scratch(&shape))
  }

  func forward() -> Step {
    let (x, y, weights, scratch) = (context.inputs[0], context.output, weights, context.scratch)
    var shape = shape
    return Step(
      context.node, "attention",
      always: { vitrine_attention_run(&shape, x.start, weights.start, y.start, scratch.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (x, weights, scratch) = (context.inputs[0], weights, context.scratch)
    var shape = shape
    return Step(
      context.node, "gradient attention",
      always: {
        vitrine_attention_backward(
          &shape, x.start, weights.start, gradient.start, accumulate ? 1 : 0, destination.start, scratch.start
        )
      })
  }
}
