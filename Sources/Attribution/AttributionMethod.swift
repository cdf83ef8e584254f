public import Relevance

/// How a target's activation is traced back to the picture.
public enum AttributionMethod: Sendable, Equatable {
  /// Layer-wise relevance propagation, or guided backpropagation, by a set of rules.
  case relevance(RelevanceComposite)
  /// Gradient times picture (Shrikumar et al. 2016, "Not just a black box").
  case gradientTimesInput
  /// Gradients along the straight way from black to the picture, averaged, times the way (Sundararajan et al. 2017,
  /// "Axiomatic attribution for deep networks", ICML). `steps` points, each the middle of its part of the way.
  case integratedGradients(steps: Int)
  /// The gradient averaged over noisy pictures (Smilkov et al. 2017, "SmoothGrad: removing noise by adding noise").
  /// `deviation` is a part of the range from the picture's least to its greatest number.
  case smoothGrad(samples: Int, deviation: Float)

  /// All methods with their usual settings, by name.
  public static let all: [(name: String, method: AttributionMethod)] =
    RelevanceComposite.all.filter { $0 != .gradient }.map { ($0.name, .relevance($0)) } + [
      ("gradient-input", .gradientTimesInput), ("integrated-gradients", .integratedGradients(steps: 64)),
      ("smoothgrad", .smoothGrad(samples: 50, deviation: 0.15)),
    ]

  /// The method of a name.
  public static func named(_ name: String) -> AttributionMethod? { all.first { $0.name == name }?.method }

  /// What suits a family: AttnLRP's rules for transformers, zennit's EpsilonPlusFlat for others.
  public static func usual(for architecture: String) -> (name: String, method: AttributionMethod) {
    let composite: RelevanceComposite = isTransformer(architecture) ? .attention : .epsilonPlusFlat
    return (composite.name, .relevance(composite))
  }

  /// The rules between inner layers that suit a family: AttnLRP's for transformers, zennit's EpsilonPlus for others.
  static func usualRules(for architecture: String) -> RelevanceComposite {
    isTransformer(architecture) ? .attention : .epsilonPlus
  }

  private static func isTransformer(_ architecture: String) -> Bool {
    architecture == "vision-transformer" || architecture.hasPrefix("clip")
  }
}
