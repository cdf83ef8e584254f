import CKernels
import Tensor
import Testing

@Suite struct SortTests {
  /// The definition: sort positions by value (−0 before 0, equal ones by position), compare with the target rank by rank.
  func match(_ values: [Float], _ target: [Float], channels: Int, scale: Float) -> (
    loss: Double, gradient: [Float]
  ) {
    let size = values.count / channels
    var (loss, gradient) = (0.0, [Float](repeating: 0, count: values.count))
    for channel in 0..<channels {
      let range = channel * size..<(channel + 1) * size
      let order = range.map { (values[$0], values[$0].sign == .minus ? 0 : 1, $0) }.sorted(by: <).map(\.2)
      for (rank, index) in order.enumerated() {
        let difference = values[index] - target[channel * size + rank]
        loss += Double(difference) * Double(difference) / Double(values.count)
        gradient[index] = 2 * scale * difference / Float(values.count)
      }
    }
    return (loss, gradient)
  }

  @Test(
    "Sort matching is what its definition says",
    arguments: [(1, 1), (3, 2), (5, 49), (2, 64), (7, 65), (4, 196), (3, 784), (2, 1025), (3, 12544)])
  func sortMatch(channels: Int, positions: Int) {
    var random = RandomSource(seed: 11)
    for kind in 0..<6 {
      // Any numbers, rectified ones (many equal), ones of all magnitudes, whole ones with zeros of both signs, ones
      // below zero or zero, and zeros alone.
      let values = (0..<channels * positions).map { _ -> Float in
        let x = random.normal()
        return switch kind {
        case 0: x
        case 1: max(x, 0)
        case 2: x * x * x * Float(sign: .plus, exponent: Int(x * 20), significand: 1)
        case 3: x.rounded()
        case 4: min(x, 0)
        default: 0
        }
      }
      var target = values.map { _ in random.normal() }
      let workspace = UnsafeMutableRawPointer.allocate(
        byteCount: Int(vitrine_sort_workspace(Int64(channels), Int64(positions))), alignment: 64)
      defer { workspace.deallocate() }
      let unsorted = target
      vitrine_sort_channels(Int64(channels), Int64(positions), unsorted, &target, workspace)
      for channel in 0..<channels {
        let range = channel * positions..<(channel + 1) * positions
        #expect(Array(target[range]) == unsorted[range].sorted())
      }
      let wanted = match(values, target, channels: channels, scale: 3)
      var gradient = [Float](repeating: 1, count: values.count)
      let loss = vitrine_sort_match(
        Int64(channels), Int64(positions), values, target, 3, 0, &gradient, workspace)
      #expect(abs(loss - wanted.loss) <= 1e-6 * wanted.loss)
      #expect(zip(gradient, wanted.gradient).allSatisfy { abs($0 - $1) <= 1e-6 * abs($1) })
      let again = vitrine_sort_match(
        Int64(channels), Int64(positions), values, target, 3, 1, &gradient, workspace)
      #expect(again == loss)
      #expect(zip(gradient, wanted.gradient).allSatisfy { abs($0 - 2 * $1) <= 3e-6 * abs($1) })
    }
  }

  @Test("Negative zero and infinities keep their places")
  func specialValues() {
    let values: [Float] = [
      .infinity, -0.0, 1, -.infinity, 0, -1, .leastNonzeroMagnitude, -.greatestFiniteMagnitude,
    ]
    var sorted = [Float](repeating: 0, count: values.count)
    let workspace = UnsafeMutableRawPointer.allocate(
      byteCount: Int(vitrine_sort_workspace(1, Int64(values.count))), alignment: 64)
    defer { workspace.deallocate() }
    vitrine_sort_channels(1, Int64(values.count), values, &sorted, workspace)
    #expect(sorted == values.sorted())
    #expect(sorted[3].sign == .minus && sorted[4].sign == .plus)
  }
}

@Suite struct ParallelTests {
  @Test("Every task runs once, whatever the number of threads", arguments: [1, 2, 3, 8])
  func everyTask(threads: Int32) {
    let former = vitrine_set_threads(threads)
    defer { _ = vitrine_set_threads(former) }
    #expect(vitrine_threads() == threads)
    var counts = [Int32](repeating: 0, count: 100)
    counts.withUnsafeMutableBytes { bytes in
      vitrine_parallel(
        100, { task, counts in counts?.assumingMemoryBound(to: Int32.self)[Int(task)] += 1 },
        bytes.baseAddress)
    }
    #expect(counts == [Int32](repeating: 1, count: 100))
  }
}
