/// Sobol's total indices: the part of a function's variance that is lost when an input is known to all but it, alone
/// and in all interactions. Estimated as by Jansen (1999) on Halton's points, as CRAFT does.
public enum SobolIndices {
  /// The total index of each of `count` inputs in [0, 1].
  ///
  /// - Parameters:
  ///   - designs: Points of the design; designs × (count + 2) inputs are evaluated.
  ///   - evaluate: The function's values for rows of `count` inputs, one after another.
  /// - Returns: Numbers ≥ 0; all 0 for a constant function.
  public static func total(
    count: Int, designs: Int = 32, evaluate: (_ inputs: [Float]) throws -> [Double]
  ) rethrows -> [Double] {
    let values = try evaluate(masks(count: count, designs: designs))
    let base = values[..<designs]
    let mean = base.reduce(0, +) / Double(designs)
    let variance = base.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(designs - 1)
    guard variance > 0 else { return [Double](repeating: 0, count: count) }
    return (0..<count).map { input in
      let changed = values[(input + 2) * designs..<(input + 3) * designs]
      let squares = zip(base, changed).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return squares / (2 * Double(designs) * variance)
    }
  }

  /// The inputs to evaluate, in rows of `count`: `designs` rows of A, as many of B, then for each input those of A with
  /// that input taken from B.
  public static func masks(count: Int, designs: Int) -> [Float] {
    let points = (0..<2 * count).map { dimension in
      (0..<designs).map { halton($0, base: primes[dimension % primes.count]) }
    }
    var rows: [Float] = []
    for exchanged in -2..<count {
      for design in 0..<designs {
        for input in 0..<count {
          let fromB = exchanged == -1 || exchanged == input
          rows.append(points[fromB ? count + input : input][design])
        }
      }
    }
    return rows
  }

  /// The digits of `index` in a base, mirrored at the point.
  static func halton(_ index: Int, base: Int) -> Float {
    var (rest, weight, result) = (index, 1.0, 0.0)
    while rest > 0 {
      weight /= Double(base)
      result += Double(rest % base) * weight
      rest /= base
    }
    return Float(result)
  }

  /// The first 512 primes: enough for 256 inputs.
  private static let primes: [Int] = {
    var found: [Int] = []
    var candidate = 2
    while found.count < 512 {
      if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }()

  /// How many inputs there may be.
  public static let mostInputs = 256
}
