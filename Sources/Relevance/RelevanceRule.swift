/// How a linear operation's relevance is shared among its inputs, with z = Σ a·w + b and
/// stab(z) = z + ε·sign(z), sign(0) = 1.
///
/// Bach et al. 2015 ("On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance
/// propagation", PLoS ONE 10) gave epsilon and alpha-beta, Montavon et al. 2017 ("Explaining nonlinear classification
/// decisions with deep Taylor decomposition", Pattern Recognition 65) z-plus, w-square and the box, Montavon et al. 2019
/// ("Layer-wise relevance propagation: an overview") gamma; the forms for inputs of both signs are zennit's (Anders et
/// al. 2021).
public enum RelevanceRule: Sendable, Equatable {
  /// No relevance: the plain gradient Σ w·R, as without any rule.
  case gradient
  /// a·Σ w·R/stab(z). What a bias gave is lost.
  case epsilon(Double)
  /// Only contributions above zero count: (a⁺·Σ w⁺·s + a⁻·Σ w⁻·s), s = R/stab(Σ a⁺w⁺ + b⁺ + Σ a⁻w⁻).
  case zPlus
  /// Contributions above zero count 1 + γ times; where z < 0, those below zero do.
  case gamma(Double)
  /// α times the shares of contributions above zero less β times of those below; α − β = 1.
  case alphaBeta(Double, Double)
  /// Spread evenly over the receptive field, whatever is there.
  case flat
  /// In proportion to w², among which the bias's takes its share.
  case wSquare
  /// z − low·w⁺ − high·w⁻, for pictures whose numbers lie between two bounds, one pair a channel.
  case box
  /// a·Σ w⁺·s, s = R/stab(Σ a·w⁺), ε = 10⁻⁵, without biases: what VITAL's authors use, from Otsuki et al. 2024 ("Layer-wise relevance
  /// propagation with conservation property for ResNet", ECCV). With `ones` in the place of a, which they do at the
  /// first convolution.
  case positiveWeights(ones: Bool)

  /// Keeps quotients finite (zennit's default).
  static let stabilizer = 1e-6
}
