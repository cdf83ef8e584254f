import Foundation

/// How often activations fall into ranges of equal width, counted as they come, in memory for a fixed number of bins.
///
/// The bins are powers of 2 wide and begin at whole multiples of their width. When an activation falls outside what the
/// bins can span, the width doubles and neighbours are joined; since ⌊⌊x⌋/2⌋ = ⌊x/2⌋, what comes out is the exact histogram
/// of all activations at the smallest width that suffices, in whatever order they came.
public struct ActivationHistogram: Sendable, Equatable {
  /// The most bins.
  let most: Int
  /// The binary logarithm of the bins' width.
  private(set) var exponent: Int
  /// The first bin's lower edge, in widths.
  private(set) var first: Int
  /// How many activations are in each bin, from the first that has one to the last.
  public private(set) var counts: [Int]

  /// Finer than this no activation is worth telling apart; doubling begins here.
  static let leastExponent = -30
  /// No number is wider.
  static let greatestExponent = 128

  /// An empty histogram of at most so many bins, at least 2.
  init(most: Int) {
    self.init(most: most, exponent: Self.leastExponent, first: 0, counts: [])
  }

  init(most: Int, exponent: Int, first: Int, counts: [Int]) {
    self.most = max(2, most)
    self.exponent = exponent
    self.first = first
    self.counts = counts
  }

  /// The bins' width.
  public var width: Double { scalbn(1, exponent) }
  /// The first bin's lower edge.
  public var start: Double { Double(first) * width }

  /// Counts an activation, which must be finite.
  mutating func add(_ activation: Float) {
    // A bin narrower than the number's last digit would tell nothing, and its place might not fit into an integer.
    if activation != 0 {
      while exponent < Int(activation.exponent) - Float.significandBitCount { coarsen() }
    }
    var index = place(of: activation)
    if counts.isEmpty { first = index }
    while max(index, first + counts.count - 1) - min(index, first) >= most {
      coarsen()
      index = place(of: activation)
    }
    if index < first {
      counts.insert(contentsOf: repeatElement(0, count: first - index), at: 0)
      first = index
    }
    if index >= first + counts.count {
      counts.append(contentsOf: repeatElement(0, count: index - first - counts.count + 1))
    }
    counts[index - first] += 1
  }

  private func place(of activation: Float) -> Int {
    Int(scalbn(Double(activation), -exponent).rounded(.down))
  }

  private mutating func coarsen() {
    exponent += 1
    let (old, start) = (counts, first)
    first = start >> 1
    guard !old.isEmpty else { return }
    counts = [Int](repeating: 0, count: (start + old.count - 1) >> 1 - first + 1)
    for (offset, count) in old.enumerated() { counts[(start + offset) >> 1 - first] += count }
  }
}
