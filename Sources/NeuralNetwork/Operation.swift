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
  /// Another function of single numbers.
  case activation(Activation)
  /// Greatest value of each window; padding never wins.
  case maxPool(Pooling)
  /// Mean of each window.
  case averagePool(Pooling)
  /// C×H×W → C: the mean over positions.
  case globalAveragePool
  /// C×H×W → C×rows×columns: means over windows that cover the map evenly (PyTorch's adaptive pooling).
  case gridAveragePool(rows: Int, columns: Int)
  /// Zeros around a map.
  case zeroPad(Padding)
  /// C×H×W → (before + C + after)×H×W: channels of zeros around a map's own.
  case padChannels(before: Int, after: Int)
  /// The channels of all inputs, one after another: maps of one size.
  case concatenate
  /// scale·x + shift by channel of a map, or by the last extent.
  case scale(Scale)
  /// C×H×W times C: each channel by its own factor.
  case gate
  /// Element-wise sum of two equal shapes.
  case add
  /// x·Wᵀ + b over the last extent; W is out×in.
  case linear(Linear)
  /// Normalization over the last extent, with learned scale and shift.
  case layerNorm(LayerNorm)
  /// The same over the channels of each position of a map.
  case channelNorm(LayerNorm)
  /// C×H×W → (n + H·W)×C: positions become tokens after a class token and its like, if there are any, and positions are
  /// embedded.
  case tokens(Tokens)
  /// C×H×W → (H·W)×C: positions become rows, as when PyTorch permutes a map to N×H×W×C.
  case rows
  /// (H·W)×C → C×H×W: rows become the positions of a map.
  case map(height: Int, width: Int)
  /// T×3D (query, key, value) → T×D: multi-head attention, softmax(QKᵀ/√(D/heads))·V per head. If causal, a token sees
  /// only itself and those before it.
  case selfAttention(heads: Int, causal: Bool = false)
  /// T×3D → D: what self-attention gives one token. Executors put it where nothing else of the attention is needed.
  case tokenAttention(heads: Int, token: Int, causal: Bool = false)
  /// x/‖x‖ over the last extent; zeros stay zeros.
  case unitLength
  /// T×D → D: one token.
  case selectToken(Int)
  /// T×D → D: the mean of the tokens from one on.
  case tokenMean(from: Int)
  /// Any shape → a vector of the same numbers, row by row.
  case flatten

  /// Weights and geometry of a convolution.
  public struct Convolution: Sendable {
    /// O×(C/groups)×kH×kW.
    public var weight: Parameter
    /// O, or none.
    public var bias: Parameter?
    /// Step between windows, the same in both directions.
    public var stride: Int
    /// Zeros added around the map.
    public var padding: Padding
    /// Groups of channels that don't see each other.
    public var groups: Int
    /// Step between the numbers of a window, the same in both directions.
    public var dilation: Int

    /// A convolution.
    public init(
      weight: Parameter, bias: Parameter? = nil, stride: Int = 1, padding: Padding = 0, groups: Int = 1,
      dilation: Int = 1
    ) {
      self.weight = weight
      self.bias = bias
      self.stride = stride
      self.padding = padding
      self.groups = groups
      self.dilation = dilation
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
    /// D numbers for each token that is put before the positions, or none.
    public var classToken: Parameter?
    /// (n + H·W)×D with the n tokens before the positions; added.
    public var positionEmbedding: Parameter

    /// A token embedding.
    public init(classToken: Parameter?, positionEmbedding: Parameter) {
      self.classToken = classToken
      self.positionEmbedding = positionEmbedding
    }
  }
}
