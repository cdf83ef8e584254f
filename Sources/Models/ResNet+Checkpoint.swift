extension ResNet {
  /// The family's name in `model.yaml`.
  public static var name: String { "resnet" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { ["block", "blocks", "width", "groups", "width-per-group", "stem"] }

  /// Whether a checkpoint has the tensors of a ResNet.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("conv1.weight") && shapes.has("layer1.0.conv1.weight") && shapes.has("fc.weight")
  }

  /// Hyperparameters from settings and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let block = try settings.choice("block", of: Block.self)
    self.block = block ?? (shapes.has("layer1.0.conv3.weight") ? .bottleneck : .basic)
    let counted = (1...4).map { stage in shapes.count { "layer\(stage).\($0).conv1.weight" } }
    blocks = try settings.integers("blocks", in: 1...1000) ?? counted
    guard blocks.count == 4, blocks.allSatisfy({ $0 > 0 }) else {
      throw .architecture(
        path: shapes.path, reason: "\(blocks) blocks a stage: a ResNet has four stages of at least one block")
    }
    let conv1 = try shapes.shape("conv1.weight", rank: 4)
    width = try settings.integer("width", in: 1...8192) ?? conv1[0]
    classes = try shapes.shape("fc.weight", rank: 2)[0]
    stem = try Self.stem(kernel: conv1[2], shapes, settings)

    groups = 1
    widthPerGroup = 64
    if self.block == .bottleneck {
      let inner = try shapes.shape("layer1.0.conv2.weight", rank: 4)
      groups = try settings.integer("groups", in: 1...8192) ?? max(1, inner[0] / inner[1])
      // torchvision: inner = width · widthPerGroup / 64 · groups
      widthPerGroup =
        try settings.integer("width-per-group", in: 1...8192) ?? max(1, inner[0] / groups * 64 / width)
      guard width * widthPerGroup / 64 * groups > 0 else {
        throw .architecture(
          path: shapes.path,
          reason: "\(groups) groups of \(widthPerGroup) leave a width of \(width) no channels")
      }
    } else if let key = settings.firstKey(of: ["groups", "width-per-group"]) {
      throw settings.fault(at: key, "basic blocks have no groups; they belong to `block: bottleneck`")
    }
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    let groups: [Hyperparameter] =
      block == .basic ? [] : [.init("groups", groups), .init("width-per-group", widthPerGroup)]
    return [.init("block", block.rawValue), .init("blocks", blocks), .init("width", width)] + groups + [
      .init("stem kernel", stem.kernel), .init("stem stride", stem.stride), .init("stem pool", stem.pool),
    ]
  }

  /// What people call it: "ResNet-50", "ResNeXt-50 32×4d", "Wide ResNet-50-2", or its numbers.
  public var title: String {
    let layers = (block == .basic ? 2 : 3) * blocks.reduce(0, +) + 2
    let usual = [[2, 2, 2, 2], [3, 4, 6, 3], [3, 4, 23, 3], [3, 8, 36, 3]].contains(blocks)
    guard usual, width == 64 else {
      return "ResNet (\(block.rawValue) \(blocks.map(String.init).joined(separator: "-")), width \(width))"
    }
    if groups > 1 { return "ResNeXt-\(layers) \(groups)×\(widthPerGroup)d" }
    return widthPerGroup == 64 ? "ResNet-\(layers)" : "Wide ResNet-\(layers)-\(widthPerGroup / 64)"
  }

  private static func stem(
    kernel: Int, _ shapes: TensorShapes, _ settings: YAMLMapping
  ) throws(ModelError) -> Stem {
    guard let stem = try settings.mapping("stem", keys: ["kernel", "stride", "padding", "pool"]) else {
      guard kernel == 7 else {
        throw .architecture(
          path: shapes.path,
          reason: """
            its first convolution is \(kernel)×\(kernel), whose stride the weights don't tell; put it into a folder \
            with a model.yaml that says so, for example
              architecture: resnet
              weights: weights.safetensors
              stem: {kernel: \(kernel), stride: 1, pool: false}
            """)
      }
      return Stem()
    }
    let side = try stem.integer("kernel", in: 1...64) ?? kernel
    return Stem(
      kernel: side, stride: try stem.integer("stride", in: 1...64) ?? (side == 7 ? 2 : 1),
      padding: try stem.integer("padding", in: 0...64) ?? (side - 1) / 2,
      pool: try stem.flag("pool") ?? (side == 7))
  }
}
