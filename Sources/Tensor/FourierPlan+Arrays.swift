extension FourierPlan {
  /// The half spectrum of a picture; see ``transform(_:into:)``.
  public func transform(_ picture: [Float]) -> [Float] { map(picture, spectrumCount, transform) }

  /// The picture of a half spectrum; see ``inverse(_:into:)``.
  public func inverse(_ spectrum: [Float]) -> [Float] { map(spectrum, pictureCount, inverse) }

  /// From the gradient of a half spectrum to that of the picture; see ``transformAdjoint(_:into:)``.
  public func transformAdjoint(_ spectrum: [Float]) -> [Float] {
    map(spectrum, pictureCount, transformAdjoint)
  }

  /// From the gradient of a picture to that of the half spectrum; see ``inverseAdjoint(_:into:)``.
  public func inverseAdjoint(_ picture: [Float]) -> [Float] { map(picture, spectrumCount, inverseAdjoint) }

  /// The frequency of each bin of one plane of the half spectrum, in cycles a pixel: sqrt(fx² + fy²), where `fftfreq`
  /// gives fy and `rfftfreq` gives fx. height × halfWidth numbers, 0 for the first.
  public var frequencies: [Float] {
    var result: [Float] = []
    for row in 0..<height {
      let fy = Double(row <= (height - 1) / 2 ? row : row - height) / Double(height)
      for column in 0..<halfWidth {
        let fx = Double(column) / Double(width)
        result.append(Float((fx * fx + fy * fy).squareRoot()))
      }
    }
    return result
  }

  private func map(
    _ input: [Float], _ count: Int,
    _ body: (UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { output, initialized in
      let output = UnsafeMutableBufferPointer(rebasing: output[..<count])
      output.initialize(repeating: 0)
      input.withUnsafeBufferPointer { body($0, output) }
      initialized = count
    }
  }
}
