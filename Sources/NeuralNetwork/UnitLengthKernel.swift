import CKernels

/// Each row divided by its length.
final class UnitLengthKernel: Kernel {
  private let context: KernelContext
  private let (rows, width): (Int64, Int64)
  private let inverses: Storage
  var keepsInputs: Bool { true }

  init(_ context: KernelContext) {
    self.context = context
    width = Int64(context.output.extents.shape.last ?? 1)
    rows = Int64(context.output.count) / width
    inverses = Storage(capacity: Int(rows))
  }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    let (rows, width, inverses) = (rows, width, inverses)
    return Step(
      context.node, always: { vitrine_unit_length(rows, width, x.start, y.start, inverses.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let x = context.inputs[0]
    let (rows, width, inverses) = (rows, width, inverses)
    return Step(
      context.node,
      always: {
        vitrine_unit_length_backward(
          rows, width, x.start, inverses.start, gradient.start, accumulate ? 1 : 0, destination.start)
      })
  }
}
