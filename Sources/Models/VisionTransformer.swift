public import Network

/// Vision transformers (Dosovitskiy et al. 2021, arXiv 2010.11929), the variant of torchvision: patches, a class token,
/// learned positions, pre-norm blocks with exact GELU, ε = 10⁻⁶, and one linear head on the class token. Nodes are
/// named by torchvision's modules; inside `self_attention` stand `in_proj` (query, key and value), `heads` and
/// `out_proj`.
public struct VisionTransformer: Architecture {
  /// How a checkpoint calls the two layers of a block's perceptron: torchvision renamed them in 2022.
  public enum MLPNames: Sendable {
    /// `mlp.0` and `mlp.3`.
    case current
    /// `mlp.linear_1` and `mlp.linear_2`.
    case old

    var parameters: (String, String) { self == .current ? ("0", "3") : ("linear_1", "linear_2") }
  }

  /// Side of a patch in pixels.
  public var patch: Int
  /// Numbers a token.
  public var hidden: Int
  /// Blocks.
  public var layers: Int
  /// Attention heads.
  public var heads: Int
  /// Width inside a block's perceptron.
  public var mlp: Int
  /// Side of the pictures, in pixels.
  public var inputSize: Int
  /// Number of classes.
  public var classes: Int
  /// Names in the checkpoint.
  public var mlpNames = MLPNames.current

  /// A network by its hyperparameters.
  public init(
    patch: Int, hidden: Int, layers: Int, heads: Int, mlp: Int, inputSize: Int = 224, classes: Int = 1000
  ) {
    self.patch = patch
    self.hidden = hidden
    self.layers = layers
    self.heads = heads
    self.mlp = mlp
    self.inputSize = inputSize
    self.classes = classes
  }

  /// Appends patches, blocks and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let patches = try builder.convolution(
      "conv_proj", of: builder.input, channels: hidden, kernel: patch, stride: patch, bias: true)
    var x = try builder.tokens(
      "encoder.pos_embedding", of: patches, classToken: "class_token",
      positionEmbedding: "encoder.pos_embedding")
    var blocks: [(name: String, node: Graph.NodeID)] = []
    for index in 0..<layers {
      let name = "encoder.layers.encoder_layer_\(index)"
      x = try append(&builder, name, to: x)
      blocks.append((name: name, node: x))
    }
    let encoded = try builder.layerNorm("encoder.ln", of: x)
    let token = try builder.add("encoder.class_token", .selectToken(0), of: encoded)
    let logits = try builder.linear("heads.head", of: token, width: classes)
    try builder.alias("heads", for: logits)
    return Landmarks(
      logits: logits, penultimate: token, penultimateMap: encoded,
      stages: [(name: "conv_proj", node: patches)] + Self.tappedBlocks(of: layers).map { blocks[$0] })
  }

  /// The blocks that VITAL matches: the authors' for 12 and 24 blocks. For other depths ours, which the 12 agree with:
  /// four at even steps from the first to the last, rounded up; all if there are fewer than four.
  public static func tappedBlocks(of layers: Int) -> [Int] {
    switch layers {
    case 24: [2, 9, 20, 23]
    case ..<4: Array(0..<max(0, layers))
    default: (0..<4).map { ($0 * (layers - 1) + 2) / 3 }
    }
  }

  /// One block: attention and perceptron, each normalized before and added to what came in.
  private func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let attention = "\(name).self_attention"
    var x = try builder.layerNorm("\(name).ln_1", of: input)
    x = try builder.linear(
      "\(attention).in_proj", of: x, width: 3 * hidden, weight: "\(attention).in_proj_weight",
      bias: "\(attention).in_proj_bias")
    x = try builder.add("\(attention).heads", .selfAttention(heads: heads), of: x)
    x = try builder.linear("\(attention).out_proj", of: x, width: hidden)
    try builder.alias(attention, for: x)
    let middle = try builder.add("\(name).add", .add, of: x, input)

    let (first, second) = mlpNames.parameters
    x = try builder.layerNorm("\(name).ln_2", of: middle)
    x = try builder.linear(
      "\(name).mlp.0", of: x, width: mlp, weight: "\(name).mlp.\(first).weight",
      bias: "\(name).mlp.\(first).bias")
    try builder.alias("\(name).mlp.linear_1", for: x)
    x = try builder.add("\(name).mlp.1", .gelu, of: x)
    x = try builder.linear(
      "\(name).mlp.3", of: x, width: hidden, weight: "\(name).mlp.\(second).weight",
      bias: "\(name).mlp.\(second).bias")
    try builder.alias("\(name).mlp.linear_2", for: x)
    try builder.alias("\(name).mlp", for: x)
    let output = try builder.add(name, .add, of: x, middle)
    try builder.alias("\(name).add_1", for: output)
    return output
  }
}
