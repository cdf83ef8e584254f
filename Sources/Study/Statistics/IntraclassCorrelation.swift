/// The intraclass correlation for absolute agreement, raters being a sample of all raters: ICC(2,1) and ICC(2,k) of
/// Shrout & Fleiss (1979), ICC(A,1) and ICC(A,k) of McGraw & Wong (1996), whose intervals these are.
public struct IntraclassCorrelation: Codable, Equatable, Sendable {
  /// How many units were rated.
  public let units: Int
  /// How many raters there are.
  public let raters: Int
  /// ICC(2,1): how well one rater's values can be relied on.
  public let single: Double
  /// Its confidence interval; `nil` where raters agree fully.
  public let singleInterval: Interval?
  /// ICC(2,k): how well the mean of all raters can be relied on.
  public let average: Double
  /// Its confidence interval; `nil` where raters agree fully.
  public let averageInterval: Interval?

  /// From a table with a row for each unit and a column for each rater, without gaps.
  public init(_ rows: [[Double]], level: Double = 0.95) throws(Undefined) {
    guard let count = rows.first?.count, rows.count > 1 else {
      throw Undefined("it needs two units that everyone rated; there are \(rows.count)")
    }
    guard count > 1 else { throw Undefined("it needs two raters; there are \(count)") }
    guard rows.allSatisfy({ $0.count == count && $0.allSatisfy(\.isFinite) }) else {
      throw Undefined("not everyone rated every unit")
    }
    guard level > 0, level < 1 else { throw Undefined("a confidence level lies between 0 and 1") }
    guard Set(rows.joined()).count > 1 else { throw Undefined("all ratings are the same") }
    let (n, k) = (Double(rows.count), Double(count))
    let squares = MeanSquares(rows)
    let (between, raters, error) = (squares.units, squares.raters, squares.error)
    units = rows.count
    self.raters = count
    let denominator = between + (k - 1) * error + k * (raters - error) / n
    let averageDenominator = between + (raters - error) / n
    guard denominator > 0, averageDenominator != 0 else { throw Undefined("units don't differ at all") }
    single = (between - error) / denominator
    average = (between - error) / averageDenominator
    guard single.isFinite, average.isFinite else { throw Undefined("the ratings are too large") }
    singleInterval = squares.interval(around: single, level)
    averageInterval = singleInterval.flatMap { interval in
      func average(_ single: Double) -> Double { single * k / (1 + single * (k - 1)) }
      let (low, high) = (average(interval.low), average(interval.high))
      return low.isFinite && high.isFinite ? Interval(low: low, high: high, level: level) : nil
    }
  }

  /// The analysis of variance of units and raters without repeats.
  private struct MeanSquares {
    let n: Double
    let k: Double
    let units: Double
    let raters: Double
    let error: Double

    init(_ rows: [[Double]]) {
      n = Double(rows.count)
      k = Double(rows[0].count)
      let all = rows.joined().reduce(0, +) / (n * k)
      let rowMeans = rows.map { $0.reduce(0, +) / Double($0.count) }
      let columnMeans = rows[0].indices.map { column in
        rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      }
      units = k * rowMeans.reduce(0) { $0 + ($1 - all) * ($1 - all) } / (n - 1)
      raters = n * columnMeans.reduce(0) { $0 + ($1 - all) * ($1 - all) } / (k - 1)
      var rest = 0.0
      for (row, rowMean) in zip(rows, rowMeans) {
        for (value, columnMean) in zip(row, columnMeans) {
          let residual = value - rowMean - columnMean + all
          rest += residual * residual
        }
      }
      let error = rest / ((n - 1) * (k - 1))
      // Nothing but rounding: raters agree fully up to a constant.
      self.error = error < 1e-24 * (units + raters) ? 0 : error
    }

    /// McGraw & Wong 1996, table 7, ICC(A,1).
    func interval(around single: Double, _ level: Double) -> Interval? {
      guard error > 0 else { return nil }
      let ratio = raters / error
      let unitsTerm = n * (1 + (k - 1) * single)
      let sum = k * single * ratio + unitsTerm - k * single
      let rest = unitsTerm - k * single
      let degrees =
        (k - 1) * (n - 1) * sum * sum
        / ((n - 1) * k * k * single * single * ratio * ratio + rest * rest)
      let share = 0.5 + level / 2
      guard let upper = FisherDistribution(n - 1, degrees)?.quantile(share),
        let lower = FisherDistribution(degrees, n - 1)?.quantile(share)
      else { return nil }
      let others = k * raters + (k * n - k - n) * error
      let low = n * (units - upper * error) / (upper * others + n * units)
      let high = n * (lower * units - error) / (others + n * lower * units)
      return low.isFinite && high.isFinite ? Interval(low: low, high: high, level: level) : nil
    }
  }
}
