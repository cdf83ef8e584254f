public import NeuralNetwork

/// Vision transformers (Dosovitskiy et al. 2021, arXiv 2010.11929), as torchvision, timm and Hugging Face have them:
/// patches, a class token, learned positions, pre-norm blocks with exact GELU, and one linear head on the class token
/// or on the mean of the others. Nodes are named by the checkpoint's modules; inside the attention stand `in_proj`
/// (query, key and value), `heads` and the layer after them.
public struct VisionTransformer: Architecture {
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
  public var names = Names.torchvision
  /// Whether a class token goes before the patches.
  public var hasClassToken = true
  /// Whether a second token follows it, with a classifier of its own, and the mean of both classifiers is the network's
  /// (DeiT's distillation, Touvron et al. 2021, section 4).
  public var isDistilled = false
  /// Whether attention and perceptron are scaled by number before they are added (Touvron et al. 2021, arXiv
  /// 2103.17239).
  public var hasLayerScale = false
  /// Whether the mean of the patches' tokens is classified, normalized after it, rather than the class token.
  public var classifiesMean = false

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
      names.patches, of: builder.input, channels: hidden, kernel: patch, stride: patch, bias: true)
    let first = hasClassToken ? [names.classToken] : []
    let second = isDistilled ? [names.distillation?.token].compactMap(\.self) : []
    var x = try builder.tokens(
      names.positions, of: patches, before: first + second,
      positions: .init(names.positions, side: inputSize / patch, resampling: names.resampling))
    var blocks: [(name: String, node: Graph.NodeID)] = []
    let block = TransformerBlock(
      names: names.parts, hidden: hidden, heads: heads, mlp: mlp, epsilon: names.epsilon,
      hasLayerScale: hasLayerScale)
    for index in 0..<layers {
      let name = names.block(index)
      x = try block.append(&builder, name, to: x)
      blocks.append((name: name, node: x))
    }
    let features: Graph.NodeID
    if classifiesMean {
      let mean = try builder.add("\(names.meanNorm).mean", .tokenMean(from: (first + second).count), of: x)
      features = try builder.layerNorm(names.meanNorm, of: mean, epsilon: names.epsilon)
    } else {
      x = try builder.layerNorm(names.lastNorm, of: x, epsilon: names.epsilon)
      features = try builder.add(names.token, .selectToken(0), of: x)
    }
    var logits = try builder.linear(names.head, of: features, width: classes)
    if let module = names.head.split(separator: ".").first, module != names.head {
      try builder.alias(String(module), for: logits)
    }
    if isDistilled, let distillation = names.distillation {
      let features = try builder.add("distillation_token", .selectToken(1), of: x)
      let other = try builder.linear(distillation.head, of: features, width: classes)
      logits = try builder.add("\(names.head).sum", .add, of: logits, other)
      logits = try builder.scale("\(names.head).mean", of: logits, by: 0.5)
    }
    return Landmarks(
      logits: logits, penultimate: features, penultimateMap: x,
      stages: [(name: names.patches, node: patches)] + Self.tappedBlocks(of: layers).map { blocks[$0] })
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
}
