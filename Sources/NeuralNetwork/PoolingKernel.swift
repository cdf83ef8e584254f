import CKernels
import COneDNN

/// Greatest value or mean of windows, by oneDNN.
final class PoolingKernel: Kernel {
  private let context: KernelContext
  private var shape: vdnn_pooling
  private let primitive: Primitive

  init(_ operation: Operation.Pooling, maximum: Bool, _ context: KernelContext) throws(NetworkError) {
    self.context = context
    var shape = vdnn_pooling(
      source: context.inputs[0].extents.map, destination: context.output.extents.map,
      kernel: Int64(operation.kernel), stride: Int64(operation.stride), padding: Int64(operation.padding),
      maximum: maximum ? 1 : 0, counts_padding: operation.countsPadding ? 1 : 0)
    primitive = try Primitive(node: context.node) {
      vdnn_pooling_forward(&shape, context.gradient ? 1 : 0, $0, $1)
    }
    self.shape = shape
    try primitive.bind(context.inputs[0].start, context.output.start, node: context.node)
  }

  func forward() -> Step {
    let primitive = primitive
    return Step(context.node, primitive.name) { primitive.run() }
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    let forward = primitive
    let backward = try Primitive(node: context.node) {
      vdnn_pooling_backward(&shape, forward.handle, $0, $1)
    }
    let target =
      accumulate
      ? Value(extents: destination.extents, storage: Storage(capacity: destination.count)) : destination
    try backward.bind(gradient.start, target.start, node: context.node)
    return Step(context.node, "gradient " + backward.name) { [gradient, destination] in
      _ = (gradient.storage, forward)
      let status = backward.run()
      if accumulate { vitrine_accumulate(Int64(target.count), target.start, destination.start) }
      return status
    }
  }
}

/// The mean over all positions.
final class GlobalPoolingKernel: Kernel {
  private let context: KernelContext

  init(_ context: KernelContext) { self.context = context }

  func forward() -> Step {
    let (x, y) = (context.inputs[0], context.output)
    var runs = x.extents.runs
    let channels = Int64(x.extents.shape[0])
    return Step(context.node, always: { vitrine_global_mean(&runs, channels, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    var runs = destination.extents.runs
    let channels = Int64(destination.extents.shape[0])
    return Step(
      context.node,
      always: { vitrine_spread_mean(&runs, channels, accumulate ? 1 : 0, gradient.start, destination.start) })
  }
}
