import CKernels
import COneDNN

/// A convolution with what was fused into it, by oneDNN or by ``WinogradConvolution``.
final class ConvolutionKernel: Kernel {
  private let context: KernelContext
  private let operation: Operation.Convolution
  private let weights: ConvolutionWeights
  private let step: Step

  init(_ operation: Operation.Convolution, _ context: KernelContext) throws(NetworkError) {
    self.operation = operation
    self.context = context
    var weights = ConvolutionWeights(operation)
    if let norm = context.stage.norm { weights.fold(norm) }
    if context.precision == .bfloat16 { weights.round() }
    self.weights = weights
    step = try Self.forward(operation, context, weights)
  }

  func forward() -> Step { step }

  private static func forward(
    _ operation: Operation.Convolution, _ context: KernelContext, _ weights: ConvolutionWeights
  ) throws(NetworkError) -> Step {
    let (source, output, node) = (context.inputs[0], context.output, context.node)
    let relu = context.stage.relu
    if !context.multipliesHalves,
      let fast = WinogradConvolution(
        operation, weights: weights.values, bias: weights.bias, from: source, to: output,
        addend: context.addend, relu: relu, scratch: context.scratch)
    {
      return Step(node, "winograd", always: { fast.run() })
    }
    var shape = describe(operation, context, source: source.extents)
    if let addend = context.addend {
      shape.addend = addend.storage === output.storage ? VDNN_IN_PLACE : VDNN_SEPARATE
    }
    shape.relu = relu ? 1 : 0
    let primitive = try Primitive(node: node) {
      vdnn_convolution_forward(&shape, weights.values, weights.bias, $0, $1)
    }
    if primitive.isReference, context.addend == nil {
      // Where maps have their channels side by side, oneDNN is fast if a picture has, too. For windows that reach far
      // over the border it has a fast product, which writes plain planes only.
      for (reading, writing) in [(Layout.channelsLast, output.layout), (source.layout, .plain)] {
        if let step = try forward(shape, context, weights, reading: reading, writing: writing) { return step }
      }
    }
    try primitive.bind(
      source.start, output.start, addend: context.addend.map { UnsafePointer($0.start) }, node: node)
    return Step(node, primitive.name) { [source, output, addend = context.addend] in
      _ = (source.storage, output.storage, addend?.storage)
      return primitive.run()
    }
  }

  /// By way of other layouts; `nil` if oneDNN isn't fast with these, either.
  private static func forward(
    _ shape: vdnn_convolution, _ context: KernelContext, _ weights: ConvolutionWeights, reading: Layout,
    writing: Layout
  ) throws(NetworkError) -> Step? {
    let (source, output, node) = (context.inputs[0], context.output, context.node)
    var shape = shape
    shape.source = source.extents.with(reading).map
    shape.destination = output.extents.with(writing).map
    let primitive = try Primitive(node: node) {
      vdnn_convolution_forward(&shape, weights.values, weights.bias, $0, $1)
    }
    guard !primitive.isReference else { return nil }
    let (read, written) = (source.room(in: reading), output.room(in: writing))
    try primitive.bind(read.start, written.start, node: node)
    let first =
      reading == source.layout ? nil : try Step.transfer(source, to: read, accumulate: false, node: node)
    let last =
      writing == output.layout ? nil : try Step.transfer(written, to: output, accumulate: false, node: node)
    return Step(node, primitive.name) {
      _ = (read.storage, written.storage)
      var status = first?.run() ?? 0
      if status == 0 { status = primitive.run() }
      return status == 0 ? last?.run() ?? 0 : status
    }
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    if destination.layout == .plain && !isForwardAlike && operation.groups == 1 && operation.dilation == 1,
      operation.padding.top == operation.padding.left
    {
      return try backwardByPhases(from: gradient, into: destination, accumulate: accumulate)
    }
    let node = context.node
    if !context.multipliesHalves,
      let fast = WinogradConvolution(
        operation, weights: weights.transposed(groups: 1), bias: nil, from: gradient, to: destination,
        addend: accumulate ? destination : nil, scratch: context.scratch)
    {
      return Step(node, "gradient winograd", always: { fast.run() })
    }
    if destination.layout == .plain && gradient.layout != .plain || accumulate && !isForwardAlike {
      // oneDNN can't add here, or can't write plain planes at full speed.
      let layout = destination.layout == .plain ? gradient.layout : destination.layout
      let extents = destination.extents.with(layout)
      let part = Value(extents: extents, storage: Storage(capacity: extents.count))
      let primitive = try plan(into: extents, accumulate: false)
      try primitive.bind(gradient.start, part.start, node: node)
      let last = try Step.transfer(part, to: destination, accumulate: accumulate, node: node)
      return Step(node, "gradient " + primitive.name) { [gradient] in
        _ = (gradient.storage, part.storage)
        let status = primitive.run()
        return status == 0 ? last.run() : status
      }
    }
    let primitive = try plan(into: destination.extents, accumulate: accumulate)
    try primitive.bind(gradient.start, destination.start, node: node)
    return Step(node, "gradient " + primitive.name) { [gradient, destination] in
      _ = (gradient.storage, destination.storage)
      return primitive.run()
    }
  }

  /// The picture's gradient through ``PhaseWeights``.
  private func backwardByPhases(
    from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    let phases = PhaseWeights(weights, stride: operation.stride, padding: operation.padding.top)
    let shape = destination.extents.shape
    let extents = Extents(
      batch: destination.extents.batch,
      shape: [
        shape[0] * operation.stride * operation.stride, phases.positions(of: shape[1]),
        phases.positions(of: shape[2]),
      ], layout: gradient.layout)
    let part = Value(extents: extents, storage: Storage(capacity: extents.count))
    var convolution = vdnn_convolution(
      source: gradient.extents.map, destination: extents.map, groups: 1, kernel_height: Int64(phases.side),
      kernel_width: Int64(phases.side), stride: 1, padding_height: Int64(phases.side - 1 - phases.first),
      padding_width: Int64(phases.side - 1 - phases.first), dilation: 1, addend: VDNN_NOTHING, relu: 0,
      bfloat16: context.multipliesHalves ? 1 : 0)
    let primitive = try Primitive(node: context.node) {
      vdnn_convolution_forward(&convolution, phases.values, nil, $0, $1)
    }
    try primitive.bind(gradient.start, part.start, node: context.node)
    var runs = extents.runs
    var geometry = vitrine_phases(
      channels: Int64(shape[0]), height: Int64(shape[1]), width: Int64(shape[2]),
      stride: Int64(phases.stride),
      padding: Int64(phases.padding), first: Int64(phases.first), rows: Int64(extents.shape[1]),
      columns: Int64(extents.shape[2]))
    return Step(context.node, "gradient by phases " + primitive.name) { [gradient, destination] in
      _ = (gradient.storage, part.storage)
      let status = primitive.run()
      vitrine_interleave(&runs, &geometry, accumulate ? 1 : 0, part.start, destination.start)
      return status
    }
  }

  /// Whether the gradient is itself a plain convolution, with transposed weights.
  private var isForwardAlike: Bool {
    let (reach, padding) = (operation.reach, operation.padding)
    return operation.stride == 1 && max(padding.top, padding.bottom) < reach.height
      && max(padding.left, padding.right) < reach.width
  }

  private func plan(into destination: Extents, accumulate: Bool) throws(NetworkError) -> Primitive {
    var shape = Self.describe(operation, context, source: destination)
    guard isForwardAlike else {
      let values = weights.values
      return try Primitive(node: context.node) { vdnn_convolution_backward(&shape, values, $0, $1) }
    }
    swap(&shape.source, &shape.destination)
    shape.padding_height = (shape.kernel_height - 1) * shape.dilation - shape.padding_height
    shape.padding_width = (shape.kernel_width - 1) * shape.dilation - shape.padding_width
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
      padding_height: Int64(operation.padding.top), padding_width: Int64(operation.padding.left),
      dilation: Int64(operation.dilation), addend: VDNN_NOTHING, relu: 0,
      bfloat16: context.multipliesHalves ? 1 : 0)
  }
}
