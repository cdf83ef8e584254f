import Testing

@testable import Checkpoints

/// Layouts that would leave their storage are refused whatever the numbers are.
@Suite struct TensorLayoutTests {
  @Test(
    arguments: [
      ([3], nil, 0, 2, "end at 2 in a storage of 2"),
      ([2], nil, 1, 2, "end at 2"),
      ([2, 2], [3, 1], 0, 4, "end at 4"),
      ([-1], nil, 0, 4, "negative extent"),
      ([2], [-1], 1, 4, "negative stride"),
      ([2], nil, -1, 4, "negative offset"),
      ([2], [1, 1], 0, 4, "2 strides for 1 extents"),
      ([1 << 32, 1 << 32], nil, 0, 4, "overflows"),
      ([0, 1 << 32, 1 << 32], nil, 0, 4, "overflows"),
      ([2, 1 << 40], [1 << 62, 1 << 62], 0, 4, "beyond all bounds"),
      ([2], [1], Int.max, 4, "beyond all bounds"),
      ([1 << 40], [0], 0, 4, "repeats the 4 numbers"),
      ([Int](repeating: 1, count: 65), nil, 0, 4, "65 extents"),
    ] as [([Int], [Int]?, Int, Int, String)])
  func isRefused(shape: [Int], strides: [Int]?, offset: Int, available: Int, message: String) {
    do {
      _ = try TensorLayout(shape: shape, strides: strides, offset: offset, available: available)
      Issue.record("no error")
    } catch {
      #expect(error.reason.contains(message))
    }
  }

  @Test func emptyTensorsNeedNoStorage() throws {
    let layout = try TensorLayout(shape: [3, 0, 2], strides: [9, 9, 9], offset: 99, available: 0)
    #expect(layout.count == 0)
    #expect(layout.isContiguous)
  }

  @Test func stridesOfSingleExtentsDontMatter() throws {
    #expect(try TensorLayout(shape: [1, 5], strides: [0, 1], available: 5).isContiguous)
    #expect(try !TensorLayout(shape: [2, 5], strides: [6, 1], available: 11).isContiguous)
  }

  @Test func permutingPermutesExtentsAndStrides() throws {
    let layout = try TensorLayout(shape: [3, 4, 5, 6], available: 360).permuted([3, 2, 0, 1])
    #expect(layout.shape == [6, 5, 3, 4])
    #expect(layout.strides == [1, 6, 120, 30])
  }
}
