/// What simulated participants think of methods: the truth that an analysis should find again.
public struct SimulatedTaste: Sendable {
  private let qualities: [String: Double]
  private let seed: UInt64

  /// A taste. `given` are mean ratings from 1 to 5 by method; what isn't given is drawn by chance, so that nothing about the
  /// methods themselves is said.
  public init(_ definition: StudyDefinition, given: [String: Double] = [:], seed: UInt64) {
    var qualities: [String: Double] = [:]
    for method in Set(definition.parts.flatMap(\.methods)).sorted() {
      var generator = SeededGenerator(seed: seed, label: "quality/\(method)")
      qualities[method] = given[method] ?? 2 + 2 * generator.uniform()
    }
    self.qualities = qualities
    self.seed = seed
  }

  /// The mean rating of a method, from 1 to 5.
  public func quality(of method: String) -> Double { qualities[method] ?? 3 }

  /// How much easier a target is than others, in ratings.
  func ease(of target: String) -> Double {
    var generator = SeededGenerator(seed: seed, label: "ease/\(target)")
    return generator.uniform() - 0.5
  }

  /// How likely something is seen rightly in a picture of that quality, from 0 to 1.
  static func share(_ quality: Double) -> Double { min(1, max(0, (quality - 1) / 4)) }
}
