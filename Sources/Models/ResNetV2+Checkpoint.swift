extension ResNetV2 {
  /// The family's name in `model.yaml`.
  public static var name: String { "resnet-v2" }
  /// The keys of `model.yaml` that set hyperparameters: none, since the tensors tell them all.
  public static var keys: [String] { [] }

  /// Whether a checkpoint has the tensors of timm's or Keras' pre-activation ResNet of bottlenecks.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("stages.0.blocks.0.norm1.running_mean") && shapes.has("stem.conv.weight")
      || shapes.has("conv2_block1_preact_bn/gamma") && shapes.has("conv1_conv/kernel")
  }

  /// Hyperparameters from shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let isKeras = shapes.has("conv1_conv/kernel")
    origin = isKeras ? .keras : .timm
    var blocks: [Int] = []
    while blocks.count < 8 {
      let stage = blocks.count
      let count = shapes.count {
        isKeras
          ? "conv\(stage + 2)_block\($0 + 1)_preact_bn/gamma" : "stages.\(stage).blocks.\($0).norm1.weight"
      }
      guard count > 0 else { break }
      blocks.append(count)
    }
    self.blocks = blocks
    if isKeras {
      width = try shapes.shape("conv1_conv/kernel", rank: 4)[3]
      classes = try shapes.shape("predictions/kernel", rank: 2)[1]
    } else {
      width = try shapes.shape("stem.conv.weight", rank: 4)[0]
      classes = try shapes.shape("head.fc.weight", rank: 4)[0]
    }
    guard !blocks.isEmpty else {
      throw .architecture(path: shapes.path, reason: "it has no blocks, which tell a ResNet's depth")
    }
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("codebase", origin == .keras ? "Keras" : "timm"), .init("blocks", blocks), .init("width", width),
    ]
  }

  /// What people call it: "ResNet-50 v2", and whose it is.
  public var title: String {
    let layers = 3 * blocks.reduce(0, +) + 2
    return
      "ResNet-\(layers) v2 (\(origin == .keras ? "Keras" : "timm"))\(width == 64 ? "" : ", width \(width)")"
  }
}
