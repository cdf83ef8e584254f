import Foundation

@testable import Study

/// The study that tools/golden_study.py made up, and what pandas, SciPy and others say of it.
struct GoldenStudy: Decodable {
  let rows: [Row]
  let methods: [Method]
  let targets: [Target]
  let friedman: [Double]
  let pairs: [Pair]
  let alpha: Double
  let raters: Int
  let icc: Double

  struct Row: Decodable {
    let observation: Observation

    init(from decoder: any Decoder) throws {
      var fields = try decoder.unkeyedContainer()
      observation = Observation(
        participant: try fields.decode(String.self), part: "part", target: try fields.decode(String.self),
        method: try fields.decode(String.self), answer: .rating(try fields.decode(Int.self)))
    }
  }
  struct Method: Decodable {
    let count: Int
    let median, mean, q5, q95, high, overTargets: Double
    let distribution: [Int]
  }
  struct Target: Decodable {
    let target: String
    let mean: Double
  }
  struct Pair: Decodable { let difference, p, corrected, rankBiserial, cliff: Double }

  static func read() throws -> GoldenStudy {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Fixtures/study/analysis.json").standardized
    return try JSONDecoder().decode(GoldenStudy.self, from: Data(contentsOf: path))
  }
}
