import Foundation

/// What tools/golden_study.py wrote.
struct Golden: Decodable {
  let quantiles: [Quantiles]
  let distributions: [Distribution]
  let friedman: [Friedman]
  let wilcoxon: [Wilcoxon]
  let mannWhitney: [MannWhitney]
  let kruskal: [Kruskal]
  let holm: [Holm]
  let cliff: [Cliff]
  let wilson: [Wilson]
  let binomial: [Binomial]
  let correlation: [Correlation]
  let kappa: [Kappa]
  let krippendorff: [Krippendorff]
  let icc: [Intraclass]
  let density: [Density]
  let bootstrap: Bootstrap

  static let values: Golden = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Fixtures/study/statistics.json").standardized
    do {
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
    } catch {
      preconditionFailure("\(path.path): \(error)")
    }
  }()

  struct Quantiles: Decodable {
    let values, probabilities, quantiles, ranks: [Double]
    let mean: Double
    let variance: Double?
  }
  struct Distribution: Decodable {
    let name: String
    let parameters, places, lower, upper, shares, quantiles: [Double]
  }
  struct Friedman: Decodable {
    let rows: [[Double]]
    let chiSquare, p, f, pF, concordance: Double
    let meanRanks: [Double]
  }
  struct Wilcoxon: Decodable {
    let differences: [Double]
    let zeros, source: String
    let statistic, p, positive, negative, rankBiserial: Double
    let z: Double?
  }
  struct MannWhitney: Decodable {
    let a, b: [Double]
    let u, p, normal: Double
  }
  struct Kruskal: Decodable {
    let groups: [[Double]]
    let h, p: Double
  }
  struct Holm: Decodable { let p, corrected: [Double] }
  struct Cliff: Decodable {
    let a, b: [Double]
    let delta: Double
  }
  struct Wilson: Decodable {
    let successes, trials: Int
    let level: Double
    let limits: [Double]
  }
  struct Binomial: Decodable {
    let successes, trials: Int
    let chance, twoSided, greater, less: Double
  }
  struct Correlation: Decodable {
    let x, y: [Double]
    let pearson, pearsonP, spearman, spearmanP: Double
  }
  struct Kappa: Decodable {
    let first, second: [Int]
    let none, linear, quadratic: Double
  }
  struct Krippendorff: Decodable {
    let units: [[Double?]]
    let nominal, ordinal, interval: Double
  }
  struct Intraclass: Decodable {
    let rows: [[Double]]
    let single, average: Double
    let limits: [Double]
  }
  struct Density: Decodable {
    let values, places, densities: [Double]
    let bandwidth: Double
  }
  struct Bootstrap: Decodable {
    let people: [[Double]]
    let seed: UInt64
    let label: String
    let limits, expanded: [Double]
    let first: [UInt64]
  }
}

/// Whether two numbers agree to a part in 10⁶ or less.
func agree(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-6) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

/// Whether two lists do.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-6) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { agree($0, $1, within: tolerance) }
}

/// Whether two numbers agree relative to their size, however small they are.
func agreeRelatively(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  a == b || abs(a - b) < .leastNormalMagnitude || abs(a - b) <= tolerance * max(abs(a), abs(b))
}
