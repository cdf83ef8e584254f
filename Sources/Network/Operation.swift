/// What a node of the graph computes. Extents are per picture, without the batch: C×H×W maps or T×D tokens.
public enum Operation: Sendable {
  /// The picture itself, C×H×W.
  case input
  /// Cross-correlation with O×(C/groups)×kH×kW weights and zero padding.
  case convolution(Convolution)
  /// Normalization by running statistics (evaluation mode): scale·(x − mean)/√(variance + ε) + shift.
  case batchNorm(BatchNorm)
  /// max(x, 0)
  case relu
  /// x·Φ(x) with the exact error function (Hendrycks & Gimpel 2016).
  case gelu
  /// Greatest value of each window; padding never wins.
  case maxPool(Pooling)
  /// Mean of each window, padding counted (`count_include_pad`).
  case averagePool(Pooling)
  /// C×H×W → C: the mean over positions.
  case globalAveragePool
  /// Element-wise sum of two equal shapes.
  case add
  /// x·Wᵀ + b over the last extent; W is out×in.
  case linear(Linear)
  /// Normalization over the last extent, with learned scale and shift.
  case layerNorm(LayerNorm)
  /// C×H×W → (1 + H·W)×C: positions become tokens after a class token, and positions are embedded.
  case tokens(Tokens)
  /// T×3D (query, key, value) → T×D: multi-head attention, softmax(QKᵀ/√(D/heads))·V per head.
  case selfAttention(heads: Int)
  /// T×D → D: one token.
  case selectToken(Int)

  /// Whether it mixes tokens.
  var isAttention: Bool { if case .selfAttention = self { true } else { false } }

  /// Weights and geometry of a convolution.
  public struct Convolution: Sendable {
    /// O×(C/groups)×kH×kW.
    public var weight: Parameter
    /// O, or none.
    public var bias: Parameter?
    /// Step between windows, the same in both directions.
    public var stride: Int
    /// Zeros added on each side.
    public var padding: Int
    /// Groups of channels that don't see each other.
    public var groups: Int

    /// A convolution.
    public init(weight: Parameter, bias: Parameter? = nil, stride: Int = 1, padding: Int = 0, groups: Int = 1)
    {
      self.weight = weight
      self.bias = bias
      self.stride = stride
      self.padding = padding
      self.groups = groups
    }
  }

  /// Statistics and affine parameters of a batch normalization, C numbers each.
  public struct BatchNorm: Sendable {
    /// γ
    public var scale: Parameter
    /// β
    public var shift: Parameter
    /// Running mean.
    public var mean: Parameter
    /// Running variance.
    public var variance: Parameter
    /// Added to the variance.
    public var epsilon: Float

    /// A batch normalization.
    public init(
      scale: Parameter, shift: Parameter, mean: Parameter, variance: Parameter, epsilon: Float = 1e-5
    ) {
      self.scale = scale
      self.shift = shift
      self.mean = mean
      self.variance = variance
      self.epsilon = epsilon
    }
  }

  /// Geometry of a pooling window.
  public struct Pooling: Sendable {
    /// Side of the window.
    public var kernel: Int
    /// Step between windows.
    public var stride: Int
    /// Padding on each side.
    public var padding: Int

    /// A pooling window.
    public init(kernel: Int, stride: Int, padding: Int = 0) {
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
    }
  }

  /// Weights of a linear layer.
  public struct Linear: Sendable {
    /// out×in.
    public var weight: Parameter
    /// out, or none.
    public var bias: Parameter?

    /// A linear layer.
    public init(weight: Parameter, bias: Parameter? = nil) {
      self.weight = weight
      self.bias = bias
    }
  }

  /// Parameters of a layer normalization, D numbers each.
  public struct LayerNorm: Sendable {
    /// γ
    public var scale: Parameter
    /// β
    public var shift: Parameter
    /// Added to the variance.
    public var epsilon: Float

    /// A layer normalization.
    public init(scale: Parameter, shift: Parameter, epsilon: Float = 1e-6) {
      self.scale = scale
      self.shift = shift
      self.epsilon = epsilon
    }
  }

  /// The learned vectors that turn a map into a sequence.
  public struct Tokens: Sendable {
    /// D numbers, put before the positions.
    public var classToken: Parameter
    /// (1 + H·W)×D, added.
    public var positionEmbedding: Parameter

    /// A token embedding.
    public init(classToken: Parameter, positionEmbedding: Parameter) {
      self.classToken = classToken
      self.positionEmbedding = positionEmbedding
    }
  }
}
