/// A rule as runs of the operation with changed inputs and weights, whose results are put together.
struct RuleExpansion {
  /// What takes the input's place in a run.
  enum Input {
    case value
    case positive
    case negative
    case ones
    /// The least or the greatest numbers that a picture's channels can have.
    case low
    case high
  }

  /// What takes the weights' place in a run.
  enum Weights: Equatable {
    case given
    case positive
    case negative
    /// w + γ·w⁺
    case raised(Double)
    /// w + γ·w⁻
    case lowered(Double)
    case ones
    case squares
  }

  /// One run; its bias changes as its weights do, or counts as zero.
  struct Run {
    var input: Input
    var weights: Weights
    var hasBias = true
    /// Whether it counts negatively, in z and in what it gives.
    var isSubtracted = false
  }

  /// Runs whose results add up to one denominator.
  struct Group {
    var runs: [Run]
    var factor = 1.0
    /// Whether it is for outputs whose own z is above (1) or below (−1) zero; 0 for all.
    var sign = 0
    var epsilon = RelevanceRule.stabilizer
  }

  var groups: [Group]
}

extension RelevanceRule {
  /// The runs that a rule takes; none for the plain gradient and the epsilon rule, which run the operation as it is. If no
  /// input is below zero, what would be for those is left out.
  func expansion(ofNonNegative isNonNegative: Bool) -> RuleExpansion {
    func pair(_ above: RuleExpansion.Weights, _ below: RuleExpansion.Weights) -> [RuleExpansion.Run] {
      if isNonNegative { return [.init(input: .value, weights: above)] }
      return [
        .init(input: .positive, weights: above), .init(input: .negative, weights: below, hasBias: false),
      ]
    }
    let groups: [RuleExpansion.Group] =
      switch self {
      case .gradient, .epsilon: []
      case .zPlus: [.init(runs: pair(.positive, .negative))]
      case .gamma(let gamma):
        [
          .init(runs: pair(.raised(gamma), .lowered(gamma)), sign: 1),
          .init(runs: pair(.lowered(gamma), .raised(gamma)), sign: -1),
        ]
      case .alphaBeta(let alpha, let beta):
        [
          .init(runs: pair(.positive, .negative), factor: alpha),
          .init(runs: pair(.negative, .positive), factor: -beta),
        ].filter { $0.factor != 0 }
      case .flat: [.init(runs: [.init(input: .ones, weights: .ones, hasBias: false)])]
      case .wSquare: [.init(runs: [.init(input: .ones, weights: .squares)])]
      case .box:
        [
          .init(runs: [
            .init(input: .value, weights: .given),
            .init(input: .low, weights: .positive, isSubtracted: true),
            .init(input: .high, weights: .negative, isSubtracted: true),
          ])
        ]
      case .positiveWeights(let ones):
        [
          .init(
            runs: [.init(input: ones ? .ones : .value, weights: .positive, hasBias: false)], epsilon: 1e-5)
        ]
      }
    return RuleExpansion(groups: groups)
  }
}
