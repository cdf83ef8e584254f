import CKernels

/// Maps put side by side along their channels, with the batch normalization and the ReLU that follow, in one pass:
/// the concatenations of DenseNet and Inception, zero channels, and positions as rows and back.
final class SliceKernel: Kernel {
  private let context: KernelContext
  private let offsets: [Int]
  private let affine: (scale: Storage, shift: Storage)?
  private let relu: Bool

  /// A kernel whose inputs begin at these channels, by default one after another.
  init(_ context: KernelContext, offsets: [Int]? = nil) {
    self.context = context
    relu = context.stage.relu
    self.offsets =
      offsets
      ?? context.inputs.indices.map { index in
        context.inputs.prefix(index).reduce(0) { $0 + $1.extents.channels }
      }
    let count = context.output.extents.channels
    if context.stage.norm != nil || relu {
      let affine = context.stage.norm?.affine
      let storages = (scale: Storage(capacity: count), shift: Storage(capacity: count))
      storages.scale.start.update(from: affine?.scale ?? [Float](repeating: 1, count: count), count: count)
      storages.shift.start.update(from: affine?.shift ?? [Float](repeating: 0, count: count), count: count)
      self.affine = storages
    } else {
      affine = nil
    }
  }

  /// The ReLU's derivative follows from the inputs, so that the output needn't be kept.
  var rectifiesGradient: Bool { true }
  var keepsInputs: Bool { relu }

  func forward() -> Step {
    let (inputs, y, affine) = (context.inputs, context.output, affine)
    var slices = inputs.enumerated().map { slice($0, part: $1) }
    var whole = y.extents.channelRuns
    let channels = y.extents.channels
    let isFilled = inputs.reduce(0) { $0 + $1.extents.channels } == channels
    return Step(
      context.node, "join",
      always: {
        if !isFilled { vitrine_zero(Int64(y.count), y.start) }
        for index in slices.indices { vitrine_join(&slices[index], inputs[index].start, y.start) }
        vitrine_zero_lanes(&whole, Int64(channels), y.start)
        _ = affine
      })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (x, affine) = (context.inputs[index], affine)
    var slice = slice(index, part: destination)
    return Step(
      context.node, "gradient join",
      always: {
        vitrine_split(&slice, x.start, accumulate ? 1 : 0, gradient.start, destination.start)
        if !accumulate { vitrine_zero_lanes(&slice.part, slice.channels, destination.start) }
        _ = affine
      })
  }

  private func slice(_ index: Int, part: Value) -> vitrine_slice {
    vitrine_slice(
      whole: context.output.extents.channelRuns, part: part.extents.channelRuns,
      offset: Int64(offsets[index]), channels: Int64(part.extents.channels),
      scale: affine.map { UnsafePointer($0.scale.start) },
      shift: affine.map { UnsafePointer($0.shift.start) },
      relu: relu ? 1 : 0)
  }
}

extension Extents {
  /// Channels of a map, or numbers of a row.
  var channels: Int { (shape.count == 3 ? shape.first : shape.last) ?? 1 }

  /// As the loops of CKernels see it when rows count as positions and their numbers as channels.
  var channelRuns: vitrine_map {
    if shape.count == 3 { return runs }
    let positions = shape.count == 2 ? shape[0] : 1
    return vitrine_map(
      blocks: Int64(batch), channel_blocks: 1, positions: Int64(positions), lanes: Int64(channels))
  }
}
