/// Which rule each kind of operation follows on the way back.
public struct RelevanceComposite: Sendable, Equatable {
  /// Functions of single numbers.
  public enum ActivationRule: Sendable {
    /// Relevance stays as it is: what comes out was in it.
    case pass
    /// The derivative.
    case gradient
    /// The derivative, and nothing below zero goes on (guided backpropagation, Springenberg et al. 2015).
    case guided
  }

  /// Sums of two branches.
  public enum SumRule: Sendable, Equatable {
    /// In proportion to what each gave: R·a/stab(a + b).
    case contributions(epsilon: Double)
    /// In proportion to the magnitudes, |a| to |b|, which can't cancel (Otsuki et al. 2024).
    case magnitudes
    /// Each branch gets all, as gradients do.
    case gradient
  }

  /// Greatest values of windows.
  public enum PoolingRule: Sendable {
    /// The greatest gets all.
    case winner
    /// All of a window without overlap take part in proportion to their value, as in a mean.
    case mean
  }

  /// Normalizations that couldn't be folded, and other scalings by channel.
  public enum ScalingRule: Sendable, Equatable {
    /// Relevance stays as it is.
    case pass
    /// The epsilon rule: what the shift gave is lost.
    case epsilon(Double)
    /// The factors.
    case gradient
  }

  /// Normalizations of single vectors.
  public enum LayerNormRule: Sendable, Equatable {
    /// The deviation counts as a constant, and the linear rest follows the epsilon rule (AttnLRP, Achtibat et al. 2024).
    case epsilon(Double)
    /// Relevance stays as it is.
    case pass
    /// The derivative.
    case gradient
  }

  /// Self-attention.
  public enum AttentionRule: Sendable, Equatable {
    /// AttnLRP (Achtibat et al. 2024, "AttnLRP: attention-aware layer-wise relevance propagation for transformers",
    /// ICML): the softmax by its Taylor expansion, products shared evenly.
    case attention(epsilon: Double)
    /// The weights count as constants, and values get all (CP-LRP, Ali et al. 2022).
    case values(epsilon: Double)
    /// The derivative.
    case gradient
  }

  /// Whether it sends a slope back rather than a value: the plain gradient and its kin.
  public var sendsSlope: Bool { convolution == .gradient && linear == .gradient }

  /// Its name, as settings and captions have it.
  public var name: String
  /// Whether batch normalizations are folded into the convolutions before them.
  public var foldsNormalizations = true
  /// Convolutions.
  public var convolution: RelevanceRule
  /// Linear layers.
  public var linear: RelevanceRule
  /// The first convolution or linear layer, if it has a rule of its own.
  public var first: RelevanceRule?
  /// Functions of single numbers.
  public var activation = ActivationRule.pass
  /// Sums of two branches.
  public var sum = SumRule.contributions(epsilon: RelevanceRule.stabilizer)
  /// Greatest values of windows.
  public var maxPool = PoolingRule.winner
  /// Means of windows, of maps and of tokens.
  public var mean = RelevanceRule.epsilon(RelevanceRule.stabilizer)
  /// What couldn't be folded.
  public var scaling = ScalingRule.pass
  /// Normalizations of single vectors.
  public var layerNorm = LayerNormRule.epsilon(RelevanceRule.stabilizer)
  /// Self-attention; `nil` for rules that know none, and refuse it.
  public var attention: AttentionRule? = .attention(epsilon: RelevanceRule.stabilizer)
}

extension RelevanceComposite {
  /// The epsilon rule everywhere.
  public static let epsilon = RelevanceComposite(
    name: "epsilon", convolution: .epsilon(1e-6), linear: .epsilon(1e-6))

  /// zennit's EpsilonPlusFlat: z-plus for convolutions, epsilon for linear layers, flat at the first.
  public static let epsilonPlusFlat = RelevanceComposite(
    name: "epsilon-plus-flat", convolution: .zPlus, linear: .epsilon(1e-6), first: .flat)

  /// zennit's EpsilonPlus: the same without a rule of the first layer's own.
  public static let epsilonPlus = RelevanceComposite(
    name: "epsilon-plus", convolution: .zPlus, linear: .epsilon(1e-6))

  /// The same with the squares of the weights at the first layer, for inputs without bounds (Montavon et al. 2017).
  public static let epsilonPlusWSquare = RelevanceComposite(
    name: "epsilon-plus-w-square", convolution: .zPlus, linear: .epsilon(1e-6), first: .wSquare)

  /// zennit's EpsilonGammaBox: gamma 0.25 for convolutions, epsilon for linear layers, the box at the first.
  public static let epsilonGammaBox = RelevanceComposite(
    name: "epsilon-gamma-box", convolution: .gamma(0.25), linear: .epsilon(1e-6), first: .box)

  /// zennit's EpsilonAlpha2Beta1Flat.
  public static let epsilonAlpha2Beta1Flat = RelevanceComposite(
    name: "epsilon-alpha2-beta1-flat", convolution: .alphaBeta(2, 1), linear: .epsilon(1e-6), first: .flat)

  /// For convolutional networks: what VITAL's authors use (Görgün et al. 2025, supplement; Otsuki et al. 2024): positive weights, ratio-split sums,
  /// greatest values as means, batch normalizations passed over.
  public static let vital = RelevanceComposite(
    name: "vital", foldsNormalizations: false, convolution: .positiveWeights(ones: false),
    linear: .positiveWeights(ones: false), first: .positiveWeights(ones: true), sum: .magnitudes,
    maxPool: .mean,
    mean: .epsilon(1e-12), attention: nil)

  /// AttnLRP for transformers: gamma 0.25 for the patches' convolution, epsilon for linear layers.
  public static let attention = RelevanceComposite(
    name: "attention", convolution: .gamma(0.25), linear: .epsilon(1e-6))

  /// The same, but attention's weights count as constants (CP-LRP: Ali et al. 2022, "XAI for transformers: better
  /// explanations through conservative propagation", ICML).
  public static let conservative: RelevanceComposite = {
    var composite = attention
    composite.name = "conservative"
    composite.attention = .values(epsilon: RelevanceRule.stabilizer)
    return composite
  }()

  /// The plain gradient.
  public static let gradient = RelevanceComposite(
    name: "gradient", convolution: .gradient, linear: .gradient, activation: .gradient, sum: .gradient,
    mean: .gradient, scaling: .gradient, layerNorm: .gradient, attention: .gradient)

  /// Guided backpropagation (Springenberg et al. 2015, "Striving for simplicity: the all convolutional net", ICLR
  /// workshop): the gradient of which nothing below zero passes an activation.
  public static let guided = RelevanceComposite(
    name: "guided-backpropagation", convolution: .gradient, linear: .gradient, activation: .guided,
    sum: .gradient,
    mean: .gradient, scaling: .gradient, layerNorm: .gradient, attention: .gradient)

  /// All of the above, by name.
  public static let all = [
    epsilon, epsilonPlus, epsilonPlusFlat, epsilonPlusWSquare, epsilonGammaBox, epsilonAlpha2Beta1Flat, vital,
    attention, conservative, gradient, guided,
  ]
}
