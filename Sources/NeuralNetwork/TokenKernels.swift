import CKernels

/// Normalization of each row.
final class LayerNormKernel: Kernel {
  private let context: KernelContext
  private let operation: Operation.LayerNorm
  private let (rows, width): (Int64, Int64)
  private let means: Storage
  private let inverses: Storage
  var keepsInputs: Bool { true }

  init(_ operation: Operation.LayerNorm, _ context: KernelContext) {
    self.operation = operation
    self.context = context
    width = Int64(operation.scale.values.count)
    rows = Int64(context.output.count) / width
    means = Storage(capacity: Int(rows))
    inverses = Storage(capacity: Int(rows))
  }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    let (operation, rows, width, means, inverses) = (operation, rows, width, means, inverses)
    return Step(
      context.node,
      always: {
        vitrine_layer_norm(
          rows, width, operation.scale.values.baseAddress, operation.shift.values.baseAddress,
          operation.epsilon,
          x.start, y.start, means.start, inverses.start)
      })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let x = context.inputs[0]
    let (operation, rows, width, means, inverses) = (operation, rows, width, means, inverses)
    return Step(
      context.node,
      always: {
        vitrine_layer_norm_backward(
          rows, width, operation.scale.values.baseAddress, x.start, means.start, inverses.start,
          gradient.start,
          accumulate ? 1 : 0, destination.start)
      })
  }
}

/// A map's positions as tokens, behind the class token and its like.
final class TokensKernel: Kernel {
  private let context: KernelContext
  private let operation: Operation.Tokens
  /// How many tokens stand before the positions.
  private var before: Int64 {
    Int64((operation.classToken?.values.count ?? 0) / context.inputs[0].extents.shape[0])
  }

  init(_ operation: Operation.Tokens, _ context: KernelContext) {
    self.operation = operation
    self.context = context
  }

  func forward() -> Step {
    let (x, y, operation) = (context.inputs[0], context.output, operation)
    var runs = x.extents.runs
    let channels = Int64(x.extents.shape[0])
    let before = before
    return Step(
      context.node,
      always: {
        vitrine_tokens(
          &runs, channels, before, operation.classToken?.values.baseAddress,
          operation.positionEmbedding.values.baseAddress, x.start, y.start)
      })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    var runs = destination.extents.runs
    let channels = Int64(destination.extents.shape[0])
    let before = before
    return Step(
      context.node,
      always: {
        vitrine_tokens_backward(
          &runs, channels, before, accumulate ? 1 : 0, gradient.start, destination.start)
      })
  }
}

/// One token of each picture.
final class SelectTokenKernel: Kernel {
  private let context: KernelContext
  private let token: Int

  init(_ token: Int, _ context: KernelContext) {
    self.token = token
    self.context = context
  }

  func forward() -> Step {
    let (x, y, token) = (context.inputs[0], context.output, token)
    let (size, width) = (x.count / x.extents.batch, y.extents.shape[0])
    return Step(
      context.node,
      always: {
        for picture in 0..<x.extents.batch {
          vitrine_copy(Int64(width), x.start + picture * size + token * width, y.start + picture * width)
        }
      })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let token = token
    let (size, width) = (destination.count / destination.extents.batch, gradient.extents.shape[0])
    return Step(
      context.node,
      always: {
        if !accumulate { vitrine_zero(Int64(destination.count), destination.start) }
        for picture in 0..<destination.extents.batch {
          vitrine_accumulate(
            Int64(width), gradient.start + picture * width, destination.start + picture * size + token * width
          )
        }
      })
  }
}
