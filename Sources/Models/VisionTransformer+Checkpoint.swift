extension VisionTransformer {
  /// The family's name in `model.yaml`.
  public static var name: String { "vision-transformer" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { ["patch", "hidden", "layers", "heads", "mlp"] }

  /// The paper's table 1, and the two smaller sizes of Touvron et al. 2021 (arXiv 2012.12877). Heads hold 64 numbers each
  /// but in H, where they hold 80.
  private static let sizes: [(name: String, hidden: Int, layers: Int, heads: Int, mlp: Int)] = [
    ("Ti", 192, 12, 3, 768), ("S", 384, 12, 6, 1536), ("B", 768, 12, 12, 3072), ("L", 1024, 24, 16, 4096),
    ("H", 1280, 32, 16, 5120),
  ]
  private static let first = "encoder.layers.encoder_layer_0"

  /// Whether a checkpoint has the tensors of torchvision's vision transformer.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("conv_proj.weight") && shapes.has("encoder.pos_embedding")
      && shapes.has("\(first).ln_1.weight")
  }

  /// Hyperparameters from settings and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let projection = try shapes.shape("conv_proj.weight", rank: 4)
    let positions = try shapes.shape("encoder.pos_embedding", rank: 3)
    patch = try settings.integer("patch", in: 1...1024) ?? projection[2]
    hidden = try settings.integer("hidden", in: 1...65536) ?? projection[0]
    layers =
      try settings.integer("layers", in: 1...1000)
      ?? shapes.count { "encoder.layers.encoder_layer_\($0).ln_1.weight" }
    mlpNames = shapes.has("\(Self.first).mlp.linear_1.weight") ? .old : .current
    let inner = try shapes.shape("\(Self.first).mlp.\(mlpNames.parameters.0).weight", rank: 2)
    mlp = try settings.integer("mlp", in: 1...65536) ?? inner[0]
    classes = try shapes.shape("heads.head.weight", rank: 2)[0]

    let side = Int(Double(positions[1] - 1).squareRoot().rounded())
    guard side > 0, side * side == positions[1] - 1 else {
      throw .checkpoint(
        path: shapes.path, tensor: "encoder.pos_embedding",
        reason: "\(positions[1]) tokens aren't one class token and a square of patches")
    }
    inputSize = side * patch

    let extents = (hidden, layers, mlp)
    let size = Self.sizes.first { ($0.hidden, $0.layers, $0.mlp) == extents }
    if let heads = try settings.integer("heads", in: 1...1024) {
      guard hidden % heads == 0 else {
        throw settings.fault(at: "heads", "\(hidden) numbers a token can't be split into \(heads) heads")
      }
      self.heads = heads
    } else if let size {
      heads = size.heads
    } else {
      guard hidden % 64 == 0 else {
        throw .architecture(
          path: shapes.path,
          reason: """
            \(hidden) numbers a token aren't heads of 64, as most networks have them, and the weights don't tell their \
            number; say `heads:` in a model.yaml beside it
            """)
      }
      heads = hidden / 64
    }
  }

  /// What people call it: "ViT-B/16", or its numbers.
  public var title: String {
    if let size = Self.sizes.first(where: {
      ($0.hidden, $0.layers, $0.heads, $0.mlp) == (hidden, layers, heads, mlp)
    }) {
      return "ViT-\(size.name)/\(patch)"
    }
    return "ViT (\(layers) blocks of \(hidden), \(heads) heads, patches of \(patch))"
  }
}
