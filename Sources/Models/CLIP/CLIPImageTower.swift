public import NeuralNetwork

/// The image tower of CLIP (Radford et al. 2021, arXiv 2103.00020, section 2.4), named as OpenAI (and open_clip) or
/// Hugging Face name it: a vision transformer with a normalization before its blocks and quick GELU, whose class token
/// is projected into the space that pictures and texts share.
///
/// By itself it has no classes, and its scores are the numbers of that embedding. With ``classes`` of given names it
/// ends as a classifier does: the cosines between the picture and each class's text, times the learned factor.
public struct CLIPImageTower: Architecture {
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
  /// Numbers of the embedding that pictures and texts share.
  public var embedding: Int
  /// The activation of the perceptrons.
  public var activation = CLIPActivation.quickGELU
  /// Added to layer normalizations' variances.
  public var epsilon: Float = 1e-5
  /// Names in the checkpoint.
  public var names = CLIPNames.openAI
  /// The classes that texts made, if any.
  public var zeroShot: ZeroShotClasses?

  /// A tower by its hyperparameters; heads hold 64 numbers each, as in all of OpenAI's.
  public init(
    patch: Int, hidden: Int, layers: Int, mlp: Int? = nil, inputSize: Int = 224, embedding: Int = 512
  ) {
    self.patch = patch
    self.hidden = hidden
    self.layers = layers
    heads = hidden / 64
    self.mlp = mlp ?? 4 * hidden
    self.inputSize = inputSize
    self.embedding = embedding
  }

  /// How many scores it gives: one a class, or without classes one a number of the embedding.
  public var classes: Int { zeroShot?.names.count ?? embedding }

  /// Whether texts made it classes.
  public var hasClasses: Bool { zeroShot != nil }

  /// The names of the classes, or of the embedding's numbers.
  public var classNames: [String] { zeroShot?.names ?? (0..<embedding).map { "dimension \($0)" } }

  /// CLIP's own preparation: the shorter side to the input's size by the cubic filter, and the statistics of its
  /// training pictures.
  public var input: InputSpecification {
    InputSpecification(
      size: inputSize, resize: inputSize, interpolation: .bicubic, mean: [0.48145466, 0.4578275, 0.40821073],
      deviation: [0.26862954, 0.26130258, 0.27577711])
  }

  /// Appends patches, blocks, projection and, if there are classes, their scores.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let patches = try builder.convolution(
      names.patches, of: builder.input, channels: hidden, kernel: patch, stride: patch)
    var x = try builder.tokens(
      names.embeddings, of: patches, before: [names.classToken],
      positions: .init(names.positions, side: inputSize / patch, resampling: names.resampling), batched: false
    )
    x = try builder.layerNorm(names.firstNorm, of: x, epsilon: epsilon)
    let block = TransformerBlock(
      names: names.parts, hidden: hidden, heads: heads, mlp: mlp, epsilon: epsilon,
      activation: activation.operation)
    var blocks: [(name: String, node: Graph.NodeID)] = []
    for index in 0..<layers {
      let name = names.block(index)
      x = try block.append(&builder, name, to: x)
      blocks.append((name: name, node: x))
    }
    // The owners normalize the class token alone. All tokens give the same for it, and a map to look into.
    let tokens = try builder.layerNorm(
      "\(names.lastNorm).tokens", of: x, epsilon: epsilon, tensors: names.lastNorm)
    let features = try builder.add(names.lastNorm, .selectToken(0), of: tokens)
    var scores = try builder.projection(names.projection, of: features, width: embedding)
    if let zeroShot {
      let direction = try builder.add(CLIPNames.direction, .unitLength, of: scores)
      scores = try builder.add(CLIPNames.scores, .linear(.init(weight: zeroShot.weights)), of: direction)
    }
    return Landmarks(
      logits: scores, penultimate: features, penultimateMap: tokens,
      stages: [(name: names.patches, node: patches)]
        + VisionTransformer.tappedBlocks(of: layers).map { blocks[$0] })
  }
}
