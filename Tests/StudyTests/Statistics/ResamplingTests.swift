import Foundation
import Testing

@testable import Study

@Suite struct ResamplingTests {
  private func mean(of people: [[Double]]) -> ([Int]) -> Double? {
    { draws in
      var (sum, count) = (0.0, 0)
      for (person, times) in zip(people, draws) {
        sum += Double(times) * person.reduce(0, +)
        count += times * person.count
      }
      return count > 0 ? sum / Double(count) : nil
    }
  }

  /// The very draws of the script, so that the limits agree to rounding.
  @Test func asNumPy() throws {
    let golden = Golden.values.bootstrap
    var generator = SeededGenerator(seed: 42)
    #expect(golden.first == (0..<3).map { _ in generator.next() >> 32 })
    for (ends, limits) in [(ClusteredBootstrap.Ends.percentile, golden.limits), (.expanded, golden.expanded)]
    {
      let interval = try ClusteredBootstrap(seed: golden.seed, ends: ends).interval(
        clusters: golden.people.count, label: golden.label, mean(of: golden.people))
      #expect(agree([interval.low, interval.high], limits, within: 1e-9))
    }
  }

  /// With equal answers of each participant the interval is that of participants' means: about ±1.96 standard errors.
  @Test func asWideAsTheory() throws {
    var generator = SeededGenerator(seed: 3)
    let people = (0..<200).map { _ in [Double](repeating: generator.uniform(), count: 10) }
    let interval = try ClusteredBootstrap(replicates: 4000, seed: 1).interval(
      clusters: people.count, label: "", mean(of: people))
    let deviation = try #require(Sample.variance(people.map { $0[0] })).squareRoot()
    let width = 2 * 1.96 * deviation / 200.0.squareRoot()
    #expect(abs((interval.high - interval.low) / width - 1) < 0.05)
  }

  @Test func reproducible() throws {
    let people = [[1.0], [2], [5], [3]]
    let bootstrap = ClusteredBootstrap(replicates: 100, seed: 9)
    let first = try bootstrap.interval(clusters: 4, label: "a", mean(of: people))
    #expect(try bootstrap.interval(clusters: 4, label: "a", mean(of: people)) == first)
    #expect(
      try ClusteredBootstrap(replicates: 100, seed: 10).interval(clusters: 4, label: "a", mean(of: people))
        != first)
  }

  @Test func noInterval() {
    let bootstrap = ClusteredBootstrap(replicates: 10, seed: 9)
    #expect(throws: Undefined("it needs two participants; there are 1")) {
      try bootstrap.interval(clusters: 1, label: "", mean(of: [[1]]))
    }
    #expect(throws: Undefined.self) { try bootstrap.interval(clusters: 3, label: "") { _ in nil } }
    #expect(throws: Undefined.self) { try bootstrap.interval(clusters: 3, label: "") { _ in .nan } }
    #expect(throws: Undefined.self) {
      try ClusteredBootstrap(replicates: .max, seed: 1).interval(clusters: 3, label: "") { _ in 1 }
    }
    #expect(throws: Undefined.self) {
      try ClusteredBootstrap(replicates: 0, seed: 1).interval(clusters: 3, label: "") { _ in 1 }
    }
  }

  @Test func density() throws {
    for golden in Golden.values.density {
      let density = try KernelDensity(golden.values)
      #expect(agree(density.bandwidth, golden.bandwidth, within: 1e-12))
      #expect(agree(golden.places.map(density.value), golden.densities, within: 1e-12))
      #expect(agree(density.curve(over: 0...6, count: 13), golden.densities, within: 1e-12))
    }
    #expect(throws: Undefined("all values are the same")) { try KernelDensity([2, 2]) }
    #expect(throws: Undefined.self) { try KernelDensity([2]) }
    #expect(throws: Undefined.self) { try KernelDensity([2, .nan]) }
  }

  @Test func findingsAsJSON() throws {
    let findings: [Finding<Double>] = [.value(1.5), .undefined(Undefined("all differences are zero"))]
    let text = String(decoding: try JSONEncoder().encode(findings), as: UTF8.self)
    #expect(text == #"[{"value":1.5},{"undefined":"all differences are zero"}]"#)
    #expect(try JSONDecoder().decode([Finding<Double>].self, from: Data(text.utf8)) == findings)
  }
}
