import CKernels
import COneDNN

/// A convolution with what was fused into it, by oneDNN.
final class ConvolutionKernel: Kernel {
  private let context: KernelContext
  private let operation: Operation.Convolution
  private let weights: ConvolutionWeights
  private let primitive: Primitive

  init(_ operation: Operation.Convolution, _ context: KernelContext) throws(NetworkError) {
    self.operation = operation
    self.context = context
    var weights = ConvolutionWeights(operation)
    if let norm = context.stage.norm { weights.fold(norm) }
    self.weights = weights
    var shape = Self.describe(operation, context, source: context.inputs[0].extents)
    if let addend = context.addend {
      shape.addend = addend.storage === context.output.storage ? VDNN_IN_PLACE : VDNN_SEPARATE
    }
    shape.relu = context.stage.relu ? 1 : 0
    let bias = weights.bias
    primitive = try Primitive(node: context.node) {
      vdnn_convolution_forward(&shape, weights.values, bias, $0, $1)
    }
    try primitive.bind(
      context.inputs[0].start, context.output.start, addend: context.addend.map { UnsafePointer($0.start) },
      node: context.node)
  }

  func forward() -> Step {
    let primitive = primitive
    return Step(context.node) { primitive.run() }
  }

  func gradientLayout(wanted: Layout) -> Layout {
    guard wanted == .plain, context.output.layout != .plain else { return wanted }
    // oneDNN may have no kernel that writes the picture's gradient as plain planes.
    let direct = try? plan(into: context.inputs[0].extents.with(.plain), accumulate: false)
    return direct.map { $0.isReference } ?? true ? context.output.layout : .plain
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    let node = context.node
    if accumulate && !isForwardAlike {
      let part = Value(extents: destination.extents, storage: Storage(capacity: destination.count))
      let primitive = try plan(into: part.extents, accumulate: false)
      try primitive.bind(gradient.start, part.start, node: node)
      return Step(node) { [gradient, destination] in
        _ = gradient.storage
        let status = primitive.run()
        vitrine_accumulate(Int64(part.count), part.start, destination.start)
        return status
      }
    }
    let primitive = try plan(into: destination.extents, accumulate: accumulate)
    try primitive.bind(gradient.start, destination.start, node: node)
    return Step(node) { [gradient, destination] in
      _ = (gradient.storage, destination.storage)
      return primitive.run()
    }
  }

  /// Whether the gradient is itself a plain convolution, with transposed weights.
  private var isForwardAlike: Bool {
    operation.stride == 1 && operation.padding < min(weights.shape[2], weights.shape[3])
  }

  private func plan(into destination: Extents, accumulate: Bool) throws(NetworkError) -> Primitive {
    var shape = Self.describe(operation, context, source: destination)
    guard isForwardAlike else {
      let values = weights.values
      return try Primitive(node: context.node) { vdnn_convolution_backward(&shape, values, $0, $1) }
    }
    swap(&shape.source, &shape.destination)
    shape.padding_height = shape.kernel_height - 1 - shape.padding_height
    shape.padding_width = shape.kernel_width - 1 - shape.padding_width
    shape.addend = accumulate ? VDNN_IN_PLACE : VDNN_NOTHING
    let values = weights.transposed(groups: operation.groups)
    return try Primitive(node: context.node) { vdnn_convolution_forward(&shape, values, nil, $0, $1) }
  }

  private static func describe(
    _ operation: Operation.Convolution, _ context: KernelContext, source: Extents
  ) -> vdnn_convolution {
    let window = operation.weight.shape
    return vdnn_convolution(
      source: source.map, destination: context.output.extents.map, groups: Int64(operation.groups),
      kernel_height: Int64(window[2]), kernel_width: Int64(window[3]), stride: Int64(operation.stride),
      padding_height: Int64(operation.padding), padding_width: Int64(operation.padding), addend: VDNN_NOTHING,
      relu: 0, bfloat16: context.precision == .bfloat16 ? 1 : 0)
  }
}
