/// How strongly synthetic pictures excite a neuron, beside natural ones: the figures of CoSy (Kopf et al. 2024, "CoSy:
/// evaluating textual explanations of neurons", NeurIPS), as VITAL reports them for pictures of inner neurons (Görgün et
/// al. 2025, supplement B.1, where the natural ones are the 50 that excite the neuron most).
public struct ConceptSynthesisScore: Sendable, Equatable {
  /// The chance that a synthetic picture excites the neuron more than a natural one, from 0 to 1; equal ones count half.
  public let areaUnderCurve: Double
  /// How many of the natural ones' standard deviations (of a sample) the synthetic ones' mean activation lies above theirs;
  /// 0 if those are all alike.
  public let meanDifference: Double

  /// The scores of activations; `nil` without synthetic or natural ones.
  public init?(synthetic: [Double], natural: [Double]) {
    guard !synthetic.isEmpty, !natural.isEmpty else { return nil }
    var wins = 0.0
    for one in synthetic {
      for other in natural { wins += one > other ? 1 : one == other ? 0.5 : 0 }
    }
    areaUnderCurve = wins / Double(synthetic.count * natural.count)
    let mean = natural.reduce(0, +) / Double(natural.count)
    let squares = natural.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = natural.count > 1 ? (squares / Double(natural.count - 1)).squareRoot() : 0
    let difference = synthetic.reduce(0, +) / Double(synthetic.count) - mean
    meanDifference = deviation > 0 ? difference / deviation : 0
  }
}
