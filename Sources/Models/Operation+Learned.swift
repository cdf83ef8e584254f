import Network

extension Operation {
  /// The parameters that training learned, in the checkpoint's order; running statistics aren't among them.
  var learned: [Parameter] {
    switch self {
    case .convolution(let op): [op.weight] + (op.bias.map { [$0] } ?? [])
    case .batchNorm(let op): [op.scale, op.shift]
    case .linear(let op): [op.weight] + (op.bias.map { [$0] } ?? [])
    case .layerNorm(let op): [op.scale, op.shift]
    case .tokens(let op): [op.classToken, op.positionEmbedding]
    default: []
    }
  }

  /// How many numbers training learned.
  var learnedCount: Int { learned.reduce(0) { $0 + $1.values.count } }

  /// What it is called in listings.
  var kind: String {
    switch self {
    case .input: "input"
    case .convolution(let op): op.groups == 1 ? "convolution" : "grouped convolution"
    case .batchNorm: "batch normalization"
    case .relu: "ReLU"
    case .gelu: "GELU"
    case .maxPool: "max pooling"
    case .averagePool: "average pooling"
    case .globalAveragePool: "global average pooling"
    case .add: "sum"
    case .linear: "linear"
    case .layerNorm: "layer normalization"
    case .tokens: "tokens"
    case .selfAttention(let heads): "attention of \(heads) heads"
    case .selectToken: "one token"
    }
  }
}
