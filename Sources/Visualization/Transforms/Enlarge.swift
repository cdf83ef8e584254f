import Tensor

/// Bilinear resampling to another size, as PyTorch's `interpolate` with `align_corners=False` and without antialiasing.
struct Enlarge: Transform {
  let height: Int
  let width: Int

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// To the size of another shape.
  init(_ shape: BatchShape) { self.init(height: shape.height, width: shape.width) }

  func stage(for input: BatchShape) -> any TransformStage {
    ResampleStage(
      input: input, output: input.resized(height: height, width: width), taps: (2, 2)
    ) { rows, columns, _ in
      rows.enlarge(start: 0, length: input.height)
      columns.enlarge(start: 0, length: input.width)
    }
  }
}

/// Means of 2×2 pixels: half the size (DeepInversion's and VITAL's coarse pictures). A last odd row or column is left
/// out.
struct Halve: Transform {
  func stage(for input: BatchShape) -> any TransformStage {
    ResampleStage(
      input: input, output: input.resized(height: input.height / 2, width: input.width / 2), taps: (2, 2)
    ) { rows, columns, _ in
      rows.halve()
      columns.halve()
    }
  }
}

extension BandTable {
  /// Means of pairs.
  fileprivate func halve() {
    for index in 0..<outputs {
      place(index, from: 2 * index)
      add(0.5, of: 2 * index, to: index)
      add(0.5, of: 2 * index + 1, to: index)
    }
  }
}
