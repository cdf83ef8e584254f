import CKernels

/// A 3×3 convolution by Winograd's minimal filtering, where that is faster than oneDNN's direct kernels. Its rounding error is a few times that of a direct sum, some
/// 10⁻⁶ of the result.
final class WinogradConvolution {
  private var shape: vitrine_winograd
  private let weights: Storage
  private let bias: Storage?
  private let scratch: Scratch
  private let source: Value
  private let destination: Value
  private let addend: Value?

  /// `nil` if the convolution isn't one that it computes.
  ///
  /// - Parameter weights: O×C×3×3.
  init?(
    _ operation: Operation.Convolution, weights: @autoclosure () -> [Float], bias: [Float]?,
    from source: Value,
    to destination: Value, addend: Value? = nil, relu: Bool = false,
    scratch: Scratch
  ) {
    let (extents, result) = (source.extents, destination.extents)
    guard operation.weight.shape[2...] == [3, 3], operation.stride == 1, operation.padding == 1,
      operation.dilation == 1, operation.groups == 1, extents.layout == result.layout,
      extents.layout == .blocked(8) || extents.layout == .channelsLast,
      extents.shape[0] % 8 == 0, result.shape[0] % 16 == 0
    else { return nil }
    // Fewer tiles than this don't pay for reading weights that have grown fourfold.
    let tiles = extents.batch * ((extents.shape[1] + 3) / 4) * ((extents.shape[2] + 3) / 4)
    guard tiles >= 8 else { return nil }
    let (sources, outputs) = (Int64(extents.shape[0]), Int64(result.shape[0]))
    self.weights = Storage(capacity: Int(vitrine_winograd_weights_size(sources, outputs)))
    vitrine_winograd_weights(sources, outputs, weights(), self.weights.start)
    self.bias = bias.map { numbers in
      let storage = Storage(capacity: numbers.count)
      storage.start.update(from: numbers, count: numbers.count)
      return storage
    }
    (self.source, self.destination, self.addend) = (source, destination, addend)
    self.scratch = scratch
    shape = vitrine_winograd(
      pictures: Int64(extents.batch), sources: sources, outputs: outputs, height: Int64(extents.shape[1]),
      width: Int64(extents.shape[2]), weights: self.weights.start,
      bias: self.bias.map { UnsafePointer($0.start) }, addend: addend.map { UnsafePointer($0.start) },
      channels_last: extents.layout == .channelsLast ? 1 : 0, relu: relu ? 1 : 0)
    scratch.reserve(vitrine_winograd_scratch(&shape))
  }

  func run() { vitrine_winograd_run(&shape, source.start, destination.start, scratch.start) }
}
