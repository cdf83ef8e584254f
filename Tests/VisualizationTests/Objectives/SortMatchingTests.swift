import CKernels
import Testing

@testable import Visualization

/// The kernel that VITAL rests on, beside the definition written out slowly.
@Suite struct SortMatchingTests {
  private func slow(_ channels: Int, _ positions: Int, _ a: [Float], _ t: [Float]) -> (
    loss: Double, gradient: [Float]
  ) {
    var loss = 0.0
    var gradient = a
    for channel in 0..<channels {
      let base = channel * positions
      for i in 0..<positions {
        let rank = (0..<positions).filter {
          a[base + $0] < a[base + i] || (a[base + $0] == a[base + i] && $0 < i)
        }.count
        let difference = a[base + i] - t[base + rank]
        loss += Double(difference * difference) / Double(channels * positions)
        gradient[base + i] = 2 * difference / Float(channels * positions)
      }
    }
    return (loss, gradient)
  }

  private func fast(_ channels: Int, _ positions: Int, _ a: [Float], _ t: [Float]) -> (
    loss: Double, gradient: [Float]
  ) {
    let workspace = FloatBuffer.sorting(
      ChannelLayout(channels: channels, positions: positions, isPlanar: true))
    var gradient = [Float](repeating: .nan, count: a.count)
    let loss = vitrine_sort_match(
      Int64(channels), Int64(positions), a, t, 1, 0, &gradient, workspace.start)
    return (loss, gradient)
  }

  /// Appendix B, 1.
  @Test func threeNumbers() {
    let (loss, gradient) = fast(1, 3, [3, 1, 2], [10, 20, 30])
    #expect(abs(loss - 378) < 1e-3)
    #expect(relativeDistance(gradient, [-18, -6, -12]) < 1e-6)
  }

  @Test(arguments: [(1, 1), (3, 7), (5, 64), (4, 600)]) func agreesWithTheDefinition(
    channels: Int, positions: Int
  ) {
    // Rounded, so that there are ties; as after a ReLU, many zeros, all of them positive ones.
    let a = randomNumbers(channels * positions).map { abs(max(0, ($0 * 4).rounded() / 4)) }
    let t = randomNumbers(channels * positions, seed: 2).sorted()
    let (wanted, result) = (slow(channels, positions, a, t), fast(channels, positions, a, t))
    #expect(abs(result.loss - wanted.loss) < 1e-5 * max(wanted.loss, 1))
    #expect(relativeDistance(result.gradient, wanted.gradient) < 1e-5)
  }
}
