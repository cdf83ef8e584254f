extension MobileNetV2 {
  /// The family's name in `model.yaml`.
  public static var name: String { "mobilenet-v2" }
  /// The keys of `model.yaml` that set hyperparameters: none, since the tensors tell them all but the strides, which
  /// are the paper's.
  public static var keys: [String] { [] }

  /// Whether a checkpoint has the tensors of torchvision's MobileNet v2.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("features.1.conv.0.0.weight") && shapes.has("features.2.conv.3.weight")
  }

  /// Hyperparameters from shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    width = try shapes.shape("features.0.0.weight", rank: 4)[0]
    let count = shapes.count { "features.\($0 + 1).conv.0.0.weight" }
    guard count > 0 else {
      throw .architecture(path: shapes.path, reason: "it has no inverted residuals, features.1 and on")
    }
    var blocks: [Block] = []
    for index in 1...count {
      // Without expansion the projection stands one place further ahead.
      let expands = shapes.has("features.\(index).conv.3.weight")
      let first = try shapes.shape("features.\(index).conv.0.0.weight", rank: 4)
      let last = try shapes.shape("features.\(index).conv.\(expands ? 2 : 1).weight", rank: 4)
      blocks.append(
        Block(
          expanded: expands ? first[0] : nil, channels: last[0], stride: Self.strided.contains(index) ? 2 : 1)
      )
    }
    self.blocks = blocks
    features = try shapes.shape("features.\(count + 1).0.weight", rank: 4)[0]
    classes = try shapes.shape("classifier.1.weight", rank: 2)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("blocks", blocks.count), .init("widths", blocks.map(\.channels)), .init("stem", width),
      .init("features", features),
    ]
  }

  /// What people call it, with the multiple of the paper's width if it isn't 1.
  public var title: String { width == 32 ? "MobileNet v2" : "MobileNet v2 (width \(width))" }
}
