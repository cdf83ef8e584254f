import CKernels

/// A batch normalization that couldn't be folded: scale·x + shift by channel, with the ReLU that follows.
final class ScaleShiftKernel: Kernel {
  private let context: KernelContext
  private let scale: Storage
  private let shift: Storage

  init(_ norm: Operation.BatchNorm, _ context: KernelContext) {
    self.context = context
    let affine = norm.affine
    // The padded channels of blocked layouts must stay zero.
    scale = Storage(capacity: context.output.extents.paddedChannels)
    shift = Storage(capacity: context.output.extents.paddedChannels)
    scale.start.update(from: affine.scale, count: affine.scale.count)
    shift.start.update(from: affine.shift, count: affine.shift.count)
  }

  func forward() -> Step {
    let (x, y, scale, shift) = (context.inputs[0], context.output, scale, shift)
    let relu: Int32 = context.stage.relu ? 1 : 0
    var runs = x.extents.runs
    return Step(
      context.node, always: { vitrine_scale_shift(&runs, scale.start, shift.start, relu, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let scale = scale
    var runs = gradient.extents.runs
    return Step(
      context.node,
      always: { vitrine_scale(&runs, scale.start, accumulate ? 1 : 0, gradient.start, destination.start) })
  }
}

/// max(x, 0) by itself.
final class ReLUKernel: Kernel {
  private let context: KernelContext

  init(_ context: KernelContext) { self.context = context }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    return Step(context.node, always: { vitrine_relu(Int64(y.count), x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let y = context.output
    return Step(
      context.node,
      always: {
        vitrine_relu_backward(
          Int64(y.count), y.start, gradient.start, accumulate ? 1 : 0, destination.start)
      })
  }
}

/// x·Φ(x)
final class GELUKernel: Kernel {
  private let context: KernelContext
  /// The derivative, which costs little beside the value, and less than on the way back.
  private let slope: Storage?

  init(_ context: KernelContext) {
    self.context = context
    slope = context.gradient ? Storage(capacity: context.output.count) : nil
  }

  func forward() -> Step {
    let (x, y, slope) = (context.inputs[0], context.output, slope)
    return Step(context.node, always: { vitrine_gelu(Int64(y.count), x.start, y.start, slope?.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let slope = slope
    return Step(
      context.node,
      always: {
        vitrine_apply_slope(
          Int64(gradient.count), slope?.start, gradient.start, accumulate ? 1 : 0, destination.start)
      })
  }
}

/// A sum of two values, with the ReLU that follows.
final class AddKernel: Kernel {
  private let context: KernelContext

  init(_ context: KernelContext) { self.context = context }

  func forward() -> Step {
    let (a, b, y) = (context.inputs[0], context.inputs[1], context.output)
    let relu: Int32 = context.stage.relu ? 1 : 0
    return Step(context.node, always: { vitrine_add(Int64(y.count), relu, a.start, b.start, y.start) })
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    try .transfer(gradient, to: destination, accumulate: accumulate, node: context.node)
  }
}
