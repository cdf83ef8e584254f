extension VisionTransformer {
  /// What a codebase calls the parts of a vision transformer, and what it does its own way: a map as data.
  public struct Names: Sendable, Equatable {
    /// The codebase, for titles and messages.
    public var origin: String
    /// The convolution that makes patches, and whether it has a bias.
    public var patches: String
    /// The class token.
    public var classToken: String
    /// The embedding of positions.
    public var positions: String
    /// A block; `%` stands for its number.
    public var block: String
    /// Within a block.
    public var parts: TransformerBlock.Names
    /// The last normalization.
    public var lastNorm: String
    /// The normalization after the mean, of networks that classify by it.
    public var meanNorm = "fc_norm"
    /// The node of the class token.
    public var token = "class_token"
    /// The linear classifier.
    public var head: String
    /// Added to layer normalizations' variances.
    public var epsilon: Float = 1e-6
    /// The second token of a distilled network, and its classifier.
    public var distillation: (token: String, head: String)?
    /// How the embedding of positions is brought to pictures of another size.
    public var resampling = PositionEmbedding.Resampling.alignedCorners

    /// The name of a block.
    public func block(_ index: Int) -> String { TransformerBlock.name(block, index) }

    /// Compares by what tells codebases apart.
    public static func == (a: Names, b: Names) -> Bool { a.origin == b.origin }
  }
}

extension VisionTransformer.Names {
  /// torchvision.
  public static let torchvision = VisionTransformer.Names(
    origin: "torchvision", patches: "conv_proj", classToken: "class_token",
    positions: "encoder.pos_embedding", block: "encoder.layers.encoder_layer_%",
    parts: TransformerBlock.Names(
      firstNorm: "ln_1", attention: "self_attention",
      query: .joined("self_attention.in_proj_weight", "self_attention.in_proj_bias"),
      output: "self_attention.out_proj", secondNorm: "ln_2", perceptron: ("mlp", "mlp.0", "mlp.1", "mlp.3"),
      perceptronAliases: ("mlp.linear_1", "mlp.linear_2")), lastNorm: "encoder.ln",
    token: "encoder.class_token", head: "heads.head")

  /// torchvision before it renamed the perceptron's layers in 2022.
  public static let torchvisionOld: VisionTransformer.Names = {
    var names = torchvision
    names.origin = "torchvision of 2021"
    names.parts.perceptron = ("mlp", "mlp.linear_1", "mlp.1", "mlp.linear_2")
    names.parts.perceptronAliases = ("mlp.0", "mlp.3")
    return names
  }()

  /// timm, and DeiT's own files.
  public static let timm = VisionTransformer.Names(
    origin: "timm", patches: "patch_embed.proj", classToken: "cls_token", positions: "pos_embed",
    block: "blocks.%",
    parts: TransformerBlock.Names(
      firstNorm: "norm1", attention: "attn", query: .joined("attn.qkv.weight", "attn.qkv.bias"),
      output: "attn.proj", secondNorm: "norm2", perceptron: ("mlp", "mlp.fc1", "mlp.act", "mlp.fc2"),
      layerScale: ("ls1", "ls2")),
    lastNorm: "norm", head: "head", distillation: ("dist_token", "head_dist"), resampling: .antialiased)

  /// Hugging Face's transformers, as its hub's files have it.
  public static let huggingFace = VisionTransformer.Names(
    origin: "Hugging Face", patches: "vit.embeddings.patch_embeddings.projection",
    classToken: "vit.embeddings.cls_token", positions: "vit.embeddings.position_embeddings",
    block: "vit.encoder.layer.%",
    parts: TransformerBlock.Names(
      firstNorm: "layernorm_before", attention: "attention",
      query: .separate([
        "attention.attention.query", "attention.attention.key", "attention.attention.value",
      ]), output: "attention.output.dense", secondNorm: "layernorm_after",
      perceptron: (nil, "intermediate.dense", "intermediate.intermediate_act_fn", "output.dense")),
    lastNorm: "vit.layernorm", head: "classifier", epsilon: 1e-12, resampling: .areas)

  /// Hugging Face's DeiT with the classifier of its teacher.
  public static let huggingFaceDeiT: VisionTransformer.Names = {
    var names = huggingFace
    names.origin = "Hugging Face's DeiT"
    names.patches = "deit.embeddings.patch_embeddings.projection"
    names.classToken = "deit.embeddings.cls_token"
    names.positions = "deit.embeddings.position_embeddings"
    names.block = "deit.encoder.layer.%"
    names.lastNorm = "deit.layernorm"
    names.head = "cls_classifier"
    names.distillation = ("deit.embeddings.distillation_token", "distillation_classifier")
    return names
  }()

  /// All that are known.
  public static let all = [torchvision, torchvisionOld, timm, huggingFace, huggingFaceDeiT]
}
