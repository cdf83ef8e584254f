/// A way to transform one plane, height × width, and back. Each map is the transpose of the other.
protocol PlaneTransform {
  /// The half spectrum's real plane and imaginary plane, times `scale`; doubled or not where a column stands for
  /// two bins of the whole spectrum.
  func analyze(
    _ picture: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into spectrum: UnsafeMutablePointer<Float>
  )

  /// The sum of the waves in a half spectrum, times `scale`; those of columns that stand for two bins
  /// doubled or not.
  func synthesize(
    _ spectrum: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into picture: UnsafeMutablePointer<Float>
  )
}
