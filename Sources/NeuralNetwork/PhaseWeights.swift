/// The gradient of a strided convolution's input as a convolution without stride.
///
/// With stride s and padding p, input position i (in each direction) writes i + p = s·a + r. Its gradient is
/// Σₘ g[a − m]·w[r + s·m]: for each phase r a convolution of the output's gradient g without stride. So the s² phases
/// of C channels are C·s² channels of one convolution, whose positions a then interleave into the picture.
/// oneDNN runs that at full speed where it has no fast kernel for the gradient itself: pictures of few channels.
struct PhaseWeights {
  /// (C·s²)×O×M×M, channel (c·s + row phase)·s + column phase.
  let values: [Float]
  /// Side of the window, M.
  let side: Int
  /// The first a that a position of the input has; the same in both directions.
  let first: Int
  let stride: Int
  let padding: Int

  init(_ weights: ConvolutionWeights, stride: Int, padding: Int) {
    let (outputs, channels, height, width) = (
      weights.shape[0], weights.shape[1], weights.shape[2], weights.shape[3]
    )
    let side = (max(height, width) + stride - 1) / stride
    var values = [Float](repeating: 0, count: channels * stride * stride * outputs * side * side)
    for c in 0..<channels {
      for o in 0..<outputs {
        for ky in 0..<height {
          for kx in 0..<width {
            let channel = (c * stride + ky % stride) * stride + kx % stride
            let place = (side - 1 - ky / stride) * side + side - 1 - kx / stride
            values[(channel * outputs + o) * side * side + place] =
              weights.values[((o * channels + c) * height + ky) * width + kx]
          }
        }
      }
    }
    self.values = values
    self.side = side
    self.stride = stride
    self.padding = padding
    first = padding / stride
  }

  /// How many a cover an extent of the input.
  func positions(of extent: Int) -> Int { (extent - 1 + padding) / stride - first + 1 }
}
