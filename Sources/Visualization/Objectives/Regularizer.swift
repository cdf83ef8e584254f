import CKernels

/// A price on pictures themselves, whatever the network thinks of them.
protocol Regularizer: Sendable {
  /// The price of a batch, weight included; adds its gradient to `gradient`.
  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double
}

/// Total variation as DeepInversion and VITAL use it: weight·(‖d₁‖ + ‖d₂‖ + ‖d₃‖ + ‖d₄‖), four Frobenius norms,
/// not squared, of the horizontal, vertical and both diagonal differences over the whole batch.
struct TotalVariation: Regularizer {
  let weight: Float

  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let norms = Differences(pictures, shape).squares.squareRoot()
    // A norm has no slope at 0; a flat picture is at its best there and stays.
    let scales = (Double(weight) / norms).replacing(with: 0, where: norms .== 0)
    withUnsafePointer(to: SIMD4<Float>(scales)) {
      $0.withMemoryRebound(to: Float.self, capacity: 4) {
        vitrine_variation_gradient(
          pictures, gradient, Int32(shape.count * shape.channels), Int32(shape.height), Int32(shape.width), $0
        )
      }
    }
    return Double(weight) * norms.sum()
  }
}

/// weight·the sum of the four means of |d|, of the same differences (DeepInversion's l1 variant).
struct AbsoluteVariation: Regularizer {
  let weight: Float

  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let (planes, height, width) = (shape.count * shape.channels, shape.height, shape.width)
    let shares = SIMD4(
      1 / Double(max(1, planes * height * (width - 1))), 1 / Double(max(1, planes * (height - 1) * width)),
      1 / Double(max(1, planes * (height - 1) * (width - 1))),
      1 / Double(max(1, planes * (height - 1) * (width - 1))))
    withUnsafePointer(to: SIMD4<Float>(Double(weight) * shares)) {
      $0.withMemoryRebound(to: Float.self, capacity: 4) {
        vitrine_variation_sign_gradient(
          pictures, gradient, Int32(planes), Int32(height), Int32(width), $0)
      }
    }
    return Double(weight) * (shares * Differences(pictures, shape).absolutes).sum()
  }
}

/// Sums over the horizontal, vertical and both diagonal differences of neighbours. Vectors, for they are taken in each
/// step, where nothing comes from the heap.
private struct Differences {
  var squares = SIMD4<Double>()
  var absolutes = SIMD4<Double>()

  init(_ pictures: UnsafePointer<Float>, _ shape: BatchShape) {
    let planes = Int32(shape.count * shape.channels)
    withUnsafeMutablePointer(to: &squares) { squares in
      withUnsafeMutablePointer(to: &absolutes) { absolutes in
        squares.withMemoryRebound(to: Double.self, capacity: 4) { squares in
          absolutes.withMemoryRebound(to: Double.self, capacity: 4) { absolutes in
            vitrine_variation(pictures, planes, Int32(shape.height), Int32(shape.width), squares, absolutes)
          }
        }
      }
    }
  }
}

/// weight·the mean over the batch of each picture's Euclidean norm, not squared (DeepInversion, VITAL).
struct PictureNorm: Regularizer {
  let weight: Float

  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    var sum = 0.0
    let share = Double(weight) / Double(shape.count)
    for index in 0..<shape.count {
      let picture = pictures + index * shape.picture
      let norm = vitrine_sum_of_squares(picture, shape.picture).squareRoot()
      sum += share * norm
      if norm > 0 {
        vitrine_axpy(picture, gradient + index * shape.picture, shape.picture, Float(share / norm))
      }
    }
    return sum
  }
}

/// weight·the mean over the batch of each picture's squared Euclidean norm.
struct SquaredNorm: Regularizer {
  let weight: Float

  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let share = Double(weight) / Double(shape.count)
    vitrine_axpy(pictures, gradient, shape.total, Float(2 * share))
    return share * vitrine_sum_of_squares(pictures, shape.total)
  }
}

/// The squared Euclidean distance of one picture from a given one.
struct SquaredDistance: Regularizer {
  let origin: [Float]

  func evaluate(
    _ pictures: UnsafePointer<Float>, _ shape: BatchShape, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    var sum = 0.0
    for index in 0..<shape.total {
      let difference = pictures[index] - origin[index]
      sum += Double(difference) * Double(difference)
      gradient[index] += 2 * difference
    }
    return sum
  }
}
