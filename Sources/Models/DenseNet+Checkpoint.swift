extension DenseNet {
  /// The family's name in `model.yaml`.
  public static var name: String { "densenet" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { ["growth", "blocks", "width", "bottleneck"] }

  /// The paper's table 1: growth, stem, layers a block.
  private static let members = [
    "DenseNet-121": (32, 64, [6, 12, 24, 16]), "DenseNet-161": (48, 96, [6, 12, 36, 24]),
    "DenseNet-169": (32, 64, [6, 12, 32, 32]), "DenseNet-201": (32, 64, [6, 12, 48, 32]),
  ]
  private static let first = "features.denseblock1.denselayer1"

  /// Whether a checkpoint has the tensors of a DenseNet.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("features.conv0.weight") && layerNames(shapes) != nil
  }

  private static func layerNames(_ shapes: TensorShapes) -> LayerNames? {
    [.current, .old].first { (names: LayerNames) in shapes.has("\(names.tensors(first, "norm", 1)).weight") }
  }

  /// Hyperparameters from settings and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let names = Self.layerNames(shapes) ?? .current
    layerNames = names
    let inner = try shapes.shape("\(names.tensors(Self.first, "conv", 1)).weight", rank: 4)
    let added = try shapes.shape("\(names.tensors(Self.first, "conv", 2)).weight", rank: 4)
    growth = try settings.integer("growth", in: 1...8192) ?? added[0]
    bottleneck = try settings.integer("bottleneck", in: 1...64) ?? max(1, inner[0] / growth)
    let stem = try shapes.shape("features.conv0.weight", rank: 4)
    width = try settings.integer("width", in: 1...8192) ?? stem[0]
    classes = try shapes.shape("classifier.weight", rank: 2)[0]
    func layers(_ block: Int) -> Int {
      shapes.count {
        "\(names.tensors("features.denseblock\(block + 1).denselayer\($0 + 1)", "norm", 1)).weight"
      }
    }
    var counted: [Int] = []
    while counted.count < 16, layers(counted.count) > 0 { counted.append(layers(counted.count)) }
    blocks = try settings.integers("blocks", in: 1...1000) ?? counted
    guard (1...16).contains(blocks.count), blocks.allSatisfy({ $0 > 0 }) else {
      throw .architecture(
        path: shapes.path, reason: "\(blocks) layers a block: a DenseNet has blocks of at least one layer")
    }
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("growth", growth), .init("blocks", blocks), .init("width", width),
      .init("bottleneck", bottleneck),
    ]
  }

  /// What people call it: "DenseNet-121", or its numbers.
  public var title: String {
    let known = Self.members.first { $0.value == (growth, width, blocks) && bottleneck == 4 }
    return known?.key
      ?? "DenseNet (growth \(growth), blocks \(blocks.map(String.init).joined(separator: "-")), width \(width))"
  }
}
