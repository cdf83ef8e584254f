import Tensor
import Testing

@testable import Visualization

/// What transforms do to pictures, by values worked out by hand.
@Suite struct TransformTests {
  private func line(_ count: Int) -> BatchShape { BatchShape(count: 1, channels: 1, height: 1, width: count) }

  @Test func jitterRollsCyclically() {
    let stage = JitterStage(shape: BatchShape(count: 1, channels: 1, height: 2, width: 3), limit: 9)
    stage.shifts = [(1, -1)]
    #expect(stage.applied(to: [1, 2, 3, 4, 5, 6]) == [5, 6, 4, 2, 3, 1])
    stage.shifts = [(-7, 8)]
    #expect(stage.adjoint(of: stage.applied(to: [1, 2, 3, 4, 5, 6])) == [1, 2, 3, 4, 5, 6])
  }

  /// Appendix B, 12: rolling the gradient back agrees with finite differences of a loss on the rolled picture.
  @Test func jitterAgreesWithDifferences() {
    let shape = BatchShape(count: 1, channels: 1, height: 3, width: 4)
    let stage = JitterStage(shape: shape, limit: 2)
    stage.shifts = [(2, -1)]
    let weights = randomNumbers(12, seed: 5)
    func loss(_ x: [Float]) -> Double {
      zip(stage.applied(to: x), weights).reduce(0) { $0 + Double($1.0 * $1.0 * $1.1) }
    }
    var x = randomNumbers(12)
    let rolled = stage.applied(to: x)
    let gradient = stage.adjoint(of: zip(rolled, weights).map { 2 * $0 * $1 })
    for index in x.indices {
      let kept = x[index]
      x[index] = kept + 1e-2
      let above = loss(x)
      x[index] = kept - 1e-2
      #expect(abs((above - loss(x)) / 2e-2 - Double(gradient[index])) < 1e-3)
      x[index] = kept
    }
  }

  @Test func jitterGrowsWithTheInput() {
    #expect(Jitter.limit(30, forSize: 224) == 30)
    #expect(Jitter.limit(30, forSize: 96) == 13)
    #expect(GaussianBlur.kernel(23, forSize: 224) == 23)
    #expect(GaussianBlur.kernel(23, forSize: 96) == 9)
  }

  @Test func flipMirrorsExactly() {
    let stage = RandomFlip(probability: 1).stage(for: line(5))
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    #expect(stage.applied(to: [1, 2, 3, 4, 5]) == [5, 4, 3, 2, 1])
  }

  @Test func quarterTurnIsCounterClockwise() {
    let shape = BatchShape(count: 1, channels: 1, height: 2, width: 2)
    let stage = RandomRotation(angles: .choice([90]), fill: [9]).stage(for: shape)
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    // 1 2 over 3 4 becomes 2 4 over 1 3.
    let turned = stage.applied(to: [1, 2, 3, 4])
    for (value, wanted) in zip(turned, [2, 4, 1, 3] as [Float]) { #expect(abs(value - wanted) < 1e-5) }
  }

  @Test func blurReflectsWithoutTheEdge() {
    let table = BandTable(inputs: 4, outputs: 4, taps: 3)
    table.blur(kernel: 3, deviation: 1e3)
    let stage = ResampleStage(input: line(4), output: line(4), taps: (3, 3)) { rows, columns, _ in
      rows.blur(kernel: 3, deviation: 1e3)
      columns.blur(kernel: 3, deviation: 1e3)
    }
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    // A wide Gaussian is a mean of three: the neighbour beyond the end is the one before it.
    let blurred = stage.applied(to: [3, 6, 9, 0])
    for (value, wanted) in zip(blurred, [5, 6, 5, 6] as [Float]) { #expect(abs(value - wanted) < 1e-4) }
  }

  @Test func wholeCropChangesNothing() {
    let stage = RandomResizedCrop(scale: 1...1, ratio: 1...1).stage(
      for: BatchShape(count: 1, channels: 2, height: 6, width: 6))
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    let x = randomNumbers(72)
    #expect(relativeDistance(stage.applied(to: x), x) < 1e-6)
  }

  @Test func cropsStayWithinLimits() {
    var random = RandomSource(seed: 4)
    let transform = RandomResizedCrop(scale: 0.08...1, ratio: 0.75...4.0 / 3)
    for _ in 0..<500 {
      let crop = transform.draw(width: 31, height: 20, from: &random)
      #expect(crop.left >= 0 && crop.top >= 0 && crop.left + crop.width <= 31 && crop.top + crop.height <= 20)
      let share = Double(crop.width * crop.height) / 620
      #expect(share > 0.06 && share <= 1)
    }
  }

  @Test func perspectiveFixesCorners() throws {
    let from: Homography.Corners = [SIMD2(0, 0), SIMD2(10, 0), SIMD2(10, 8), SIMD2(0, 8)]
    let to: Homography.Corners = [SIMD2(1, 2), SIMD2(9, 1), SIMD2(8, 8), SIMD2(2, 6)]
    let rows = try #require(Homography(from: from, to: to)).rows
    let map = rows.indices.map { Double(rows[$0]) }
    for corner in from.indices {
      let (a, b) = (from[corner], to[corner])
      let depth = map[6] * a.x + map[7] * a.y + map[8]
      #expect(abs((map[0] * a.x + map[1] * a.y + map[2]) / depth - b.x) < 1e-4)
      #expect(abs((map[3] * a.x + map[4] * a.y + map[5]) / depth - b.y) < 1e-4)
    }
    #expect(Homography(from: from, to: .init(repeating: SIMD2(0, 0))) == nil)
  }

  @Test func grayIsLuminance() {
    let stage = RandomGrayscale(probability: 1).stage(
      for: BatchShape(count: 1, channels: 3, height: 1, width: 1))
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    for value in stage.applied(to: [1, 0.5, 0.25]) { #expect(abs(value - (0.2989 + 0.2935 + 0.0285)) < 1e-6) }
  }

  @Test func noiseHasItsDeviation() {
    let shape = BatchShape(count: 1, channels: 1, height: 100, width: 1000)
    let stage = Noise(deviation: 0.5, width: 0.6).stage(for: shape)
    var random = RandomSource(seed: 1)
    stage.draw(from: &random)
    let noise = stage.applied(to: [Float](repeating: 0, count: shape.total))
    // Variances add: 0.25 + 0.6²/3.
    #expect(abs(dot(noise, noise) / 1e5 - 0.37) < 0.005)
    #expect(abs(noise.reduce(0, +) / 1e5) < 0.01)
    stage.draw(from: &random)
    #expect(stage.applied(to: noise) != noise)
  }

  @Test func quantilesAreNormal() {
    let table = NormalQuantiles.table
    #expect(table.count == 65_536)
    #expect(zip(table, table.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(dot(table, table) / 65_536 - 1) < 1e-4)
    #expect(abs(table[65_535] - 4.3241) < 2e-3)
  }
}
