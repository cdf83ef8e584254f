import NeuralNetwork

extension Operation {
  /// The parameters that training learned, in the checkpoint's order; running statistics aren't among them, nor
  /// constants, which have no name in the checkpoint.
  var learned: [Parameter] { parameters.filter { !$0.name.isEmpty } }

  private var parameters: [Parameter] {
    switch self {
    case .convolution(let op): [op.weight] + (op.bias.map { [$0] } ?? [])
    case .batchNorm(let op): [op.scale, op.shift]
    case .linear(let op): [op.weight] + (op.bias.map { [$0] } ?? [])
    case .layerNorm(let op), .channelNorm(let op): [op.scale, op.shift]
    case .scale(let op): [op.scale] + (op.shift.map { [$0] } ?? [])
    case .tokens(let op): (op.classToken.map { [$0] } ?? []) + [op.positionEmbedding]
    default: []
    }
  }

  /// How many numbers training learned.
  var learnedCount: Int { learned.reduce(0) { $0 + $1.count } }

  /// What it is called in listings.
  var kind: String {
    switch self {
    case .input: "input"
    case .convolution(let op): op.groups == 1 ? "convolution" : "grouped convolution"
    case .batchNorm: "batch normalization"
    case .relu: "ReLU"
    case .gelu: "GELU"
    case .activation(let function): function.name
    case .maxPool: "max pooling"
    case .averagePool: "average pooling"
    case .globalAveragePool: "global average pooling"
    case .gridAveragePool(let rows, let columns): "average pooling to \(rows)×\(columns)"
    case .zeroPad: "zero padding"
    case .padChannels: "zero channels"
    case .concatenate: "concatenation"
    case .scale: "scale"
    case .gate: "channel attention"
    case .add: "sum"
    case .linear: "linear"
    case .layerNorm, .channelNorm: "layer normalization"
    case .tokens: "tokens"
    case .rows: "rows"
    case .map: "map"
    case .selfAttention(let heads, let causal):
      "\(causal ? "causal attention" : "attention") of \(heads) heads"
    case .tokenAttention(let heads, _, _): "attention of \(heads) heads for one token"
    case .unitLength: "unit length"
    case .selectToken: "one token"
    case .tokenMean: "mean of tokens"
    case .flatten: "vector"
    }
  }
}

extension Operation.Activation {
  /// What it is called in listings.
  fileprivate var name: String {
    switch self {
    case .silu: "SiLU"
    case .sigmoid: "sigmoid"
    case .relu6: "ReLU6"
    case .quickGELU: "quick GELU"
    case .hardSwish: "hard swish"
    case .hardSigmoid: "hard sigmoid"
    }
  }
}
