import CKernels

/// A kind of number that pictures are resampled in: 8-bit levels as PIL, or single precision.
protocol Resampled: BitwiseCopyable {
  static func apply(
    _ pass: ResamplingPass, _ input: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>, length: Int)
  static func transpose(
    _ input: UnsafePointer<Self>, _ output: UnsafeMutablePointer<Self>, rows: Int, columns: Int)
}

extension Float: Resampled {
  static func apply(
    _ pass: ResamplingPass, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, length: Int
  ) {
    vitrine_resample_rows(
      input, output, Int32(length), Int32(pass.outputs), pass.first, pass.count, pass.weights,
      Int32(pass.stride))
  }

  static func transpose(
    _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, rows: Int, columns: Int
  ) { vitrine_transpose(input, output, Int32(rows), Int32(columns)) }
}

extension UInt8: Resampled {
  static func apply(
    _ pass: ResamplingPass, _ input: UnsafePointer<UInt8>, _ output: UnsafeMutablePointer<UInt8>, length: Int
  ) {
    vitrine_resample_rows_8(
      input, output, Int32(length), Int32(pass.outputs), pass.first, pass.count, pass.levels,
      Int32(pass.stride))
  }

  static func transpose(
    _ input: UnsafePointer<UInt8>, _ output: UnsafeMutablePointer<UInt8>, rows: Int, columns: Int
  ) { vitrine_transpose_8(input, output, Int32(rows), Int32(columns)) }
}
