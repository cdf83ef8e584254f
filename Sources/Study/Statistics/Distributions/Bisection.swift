/// Finds where a rising function changes its sign.
enum Bisection {
  /// A number in `range` above which `isPast` is true and below which it is false, to the last bit.
  static func boundary(in range: ClosedRange<Double>, _ isPast: (Double) -> Bool) -> Double {
    var (low, high) = (range.lowerBound, range.upperBound)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if isPast(middle) { high = middle } else { low = middle }
    }
  }
}
