import CKernels

/// Zeros around a map.
final class ZeroPaddingKernel: Kernel {
  private let context: KernelContext
  private let frame: vitrine_frame

  init(_ padding: Operation.Padding, _ context: KernelContext) {
    self.context = context
    let (inner, outer) = (context.inputs[0].extents.shape, context.output.extents.shape)
    frame = vitrine_frame(
      height: Int64(inner[1]), width: Int64(inner[2]), top: Int64(padding.top), left: Int64(padding.left),
      outer_height: Int64(outer[1]), outer_width: Int64(outer[2]))
  }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    var (runs, frame) = (x.extents.runs, frame)
    return Step(context.node, "pad", always: { vitrine_pad(&runs, &frame, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    var (runs, frame) = (destination.extents.runs, frame)
    return Step(
      context.node, "gradient pad",
      always: { vitrine_crop(&runs, &frame, accumulate ? 1 : 0, gradient.start, destination.start) })
  }
}

/// Means over windows that cover a map evenly.
final class GridPoolingKernel: Kernel {
  private let context: KernelContext

  init(_ context: KernelContext) { self.context = context }

  private var extents: (planes: Int64, height: Int64, width: Int64, rows: Int64, columns: Int64) {
    let (x, y) = (context.inputs[0].extents, context.output.extents.shape)
    return (
      Int64(x.batch * x.shape[0]), Int64(x.shape[1]), Int64(x.shape[2]), Int64(y[1]), Int64(y[2])
    )
  }

  func forward() -> Step {
    let (x, y, e) = (context.inputs[0], context.output, extents)
    return Step(
      context.node, "grid mean",
      always: { vitrine_grid_mean(e.planes, e.height, e.width, e.rows, e.columns, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let e = extents
    return Step(
      context.node, "gradient grid mean",
      always: {
        vitrine_grid_mean_backward(
          e.planes, e.height, e.width, e.rows, e.columns, accumulate ? 1 : 0, gradient.start,
          destination.start)
      })
  }
}

/// A map's numbers in a row.
final class FlattenKernel: Kernel {
  private let context: KernelContext

  init(_ context: KernelContext) { self.context = context }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    return Step(context.node, "flatten", always: { vitrine_copy(Int64(y.count), x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    Step(
      context.node, "gradient flatten",
      always: {
        if accumulate {
          vitrine_accumulate(Int64(gradient.count), gradient.start, destination.start)
        } else {
          vitrine_copy(Int64(gradient.count), gradient.start, destination.start)
        }
      })
  }
}

/// The mean of tokens.
final class TokenMeanKernel: Kernel {
  private let context: KernelContext
  private let first: Int64

  init(from first: Int, _ context: KernelContext) {
    self.context = context
    self.first = Int64(first)
  }

  private var extents: (pictures: Int64, tokens: Int64, width: Int64) {
    let x = context.inputs[0].extents
    return (Int64(x.batch), Int64(x.shape[0]), Int64(x.shape[1]))
  }

  func forward() -> Step {
    let (x, y, e, first) = (context.inputs[0], context.output, extents, first)
    return Step(
      context.node, "token mean",
      always: { vitrine_token_mean(e.pictures, e.tokens, e.width, first, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (e, first) = (extents, first)
    return Step(
      context.node, "gradient token mean",
      always: {
        vitrine_token_mean_backward(
          e.pictures, e.tokens, e.width, first, accumulate ? 1 : 0, gradient.start, destination.start)
      })
  }
}
