/// What a codebase calls the tensors and layers of CLIP's two towers: a map as data.
public struct CLIPNames: Sendable {
  /// A matrix without bias that ends a tower.
  public struct Projection: Sendable {
    /// The layer.
    public var name: String
    /// The tensor.
    public var tensor: String
    /// Whether it is stored as in×out rather than out×in.
    public var isTransposed: Bool
  }

  /// The codebase, for messages.
  public var origin: String
  /// The convolution that makes patches.
  public var patches: String
  /// The class embedding.
  public var classToken: String
  /// The embedding of a picture's positions.
  public var positions: String
  /// The layer that adds the two.
  public var embeddings: String
  /// The normalization before the image tower's blocks.
  public var firstNorm: String
  /// A block of the image tower; `%` stands for its number.
  public var block: String
  /// The normalization of the class token after the blocks.
  public var lastNorm: String
  /// From the class token to the space of pictures and texts.
  public var projection: Projection
  /// The embedding of a text's tokens.
  public var textTokens: String
  /// The embedding of a text's positions.
  public var textPositions: String
  /// A block of the text tower; `%` stands for its number.
  public var textBlock: String
  /// The normalization after the text tower's blocks.
  public var textNorm: String
  /// From the end-of-text token to the space of pictures and texts.
  public var textProjection: Projection
  /// Within a block of either tower.
  public var parts: TransformerBlock.Names
  /// What the names of all the image tower's tensors start with.
  public var imagePrefixes: [String]
  /// What the names of all other tensors start with.
  public var otherPrefixes: [String]
  /// How the embedding of a picture's positions is brought to pictures of another size.
  public var resampling: PositionEmbedding.Resampling

  /// A block of the image tower.
  func block(_ index: Int) -> String { TransformerBlock.name(block, index) }
  /// A block of the text tower.
  func textBlock(_ index: Int) -> String { TransformerBlock.name(textBlock, index) }

  /// Numbers that OpenAI's program keeps beside its weights.
  static let relics = ["attn_mask", "input_resolution", "context_length", "vocab_size"]

  /// The logarithm of the factor of cosines, in every codebase.
  static let scale = "logit_scale"
  /// The node of a picture's embedding at unit length.
  static let direction = "image_embeds"
  /// The node of a picture's scores for texts.
  static let scores = "logits_per_image"
}

extension CLIPNames {
  /// OpenAI, whose names open_clip took over.
  public static let openAI = CLIPNames(
    origin: "OpenAI", patches: "visual.conv1", classToken: "visual.class_embedding",
    positions: "visual.positional_embedding", embeddings: "visual.positional_embedding",
    firstNorm: "visual.ln_pre", block: "visual.transformer.resblocks.%", lastNorm: "visual.ln_post",
    projection: Projection(name: "visual.proj", tensor: "visual.proj", isTransposed: true),
    textTokens: "token_embedding.weight", textPositions: "positional_embedding",
    textBlock: "transformer.resblocks.%", textNorm: "ln_final",
    textProjection: Projection(name: "text_projection", tensor: "text_projection", isTransposed: true),
    parts: TransformerBlock.Names(
      firstNorm: "ln_1", attention: "attn", query: .joined("attn.in_proj_weight", "attn.in_proj_bias"),
      output: "attn.out_proj", secondNorm: "ln_2", perceptron: ("mlp", "mlp.c_fc", "mlp.gelu", "mlp.c_proj")),
    imagePrefixes: ["visual."],
    otherPrefixes: [
      "transformer.resblocks.", "token_embedding.", "positional_embedding", "ln_final.", "text_projection",
      scale,
    ] + relics, resampling: .antialiased)

  /// Hugging Face's transformers.
  public static let huggingFace = CLIPNames(
    origin: "Hugging Face", patches: "vision_model.embeddings.patch_embedding",
    classToken: "vision_model.embeddings.class_embedding",
    positions: "vision_model.embeddings.position_embedding.weight", embeddings: "vision_model.embeddings",
    // Misspelt so in every file.
    firstNorm: "vision_model.pre_layrnorm", block: "vision_model.encoder.layers.%",
    lastNorm: "vision_model.post_layernorm",
    projection: Projection(
      name: "visual_projection", tensor: "visual_projection.weight", isTransposed: false),
    textTokens: "text_model.embeddings.token_embedding.weight",
    textPositions: "text_model.embeddings.position_embedding.weight",
    textBlock: "text_model.encoder.layers.%", textNorm: "text_model.final_layer_norm",
    textProjection: Projection(
      name: "text_projection", tensor: "text_projection.weight", isTransposed: false),
    parts: TransformerBlock.Names(
      firstNorm: "layer_norm1", attention: "self_attn",
      query: .separate(["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]),
      output: "self_attn.out_proj", secondNorm: "layer_norm2",
      perceptron: ("mlp", "mlp.fc1", "mlp.activation_fn", "mlp.fc2")),
    imagePrefixes: ["vision_model.", "visual_projection."],
    otherPrefixes: ["text_model.", "text_projection.", scale], resampling: .areas)

  /// All that are known.
  public static let all = [openAI, huggingFace]

  /// Those of a checkpoint's image tower, or `nil` if it has none.
  static func of(_ shapes: TensorShapes) -> CLIPNames? {
    all.first { names in
      shapes.has("\(names.patches).weight") && shapes.has(names.classToken)
        && shapes.has(names.projection.tensor)
        && shapes.has("\(names.block(0)).\(names.parts.perceptron.first).weight")
    }
  }
}
