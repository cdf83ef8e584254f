import Tensor

/// A change of the picture before the network sees it, with random parameters, linear in the pixels.
///
/// The value describes it; `stage` plans it for a batch, with all the memory that its steps need.
protocol Transform: Sendable {
  /// The transform, planned for batches of one shape.
  func stage(for input: BatchShape) -> any TransformStage
}

/// A planned transform: draw parameters, apply, and send gradients back, as often as wanted.
protocol TransformStage: AnyObject {
  /// The shape of what it takes.
  var input: BatchShape { get }
  /// The shape of what it gives.
  var output: BatchShape { get }
  /// Draws new parameters, independent ones for each picture of the batch.
  func draw(from random: inout RandomSource)
  /// Writes the changed pictures.
  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>)
  /// Writes dL/d(source) from dL/d(target), for the parameters drawn last: the transposed linear map.
  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>)
}
