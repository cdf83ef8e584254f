extension GoogLeNet {
  /// The family's name in `model.yaml`.
  public static var name: String { "googlenet" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { ["transform-input"] }

  private static let moduleNames = ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]

  /// Whether a checkpoint has the tensors of torchvision's GoogLeNet.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("inception3a.branch1.conv.weight") && shapes.has("fc.weight")
  }

  /// Hyperparameters from settings and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    var stem: [Int] = []
    for index in 1...3 { stem.append(try shapes.shape("conv\(index).conv.weight", rank: 4)[0]) }
    self.stem = stem
    var modules: [Module] = []
    for name in Self.moduleNames {
      var channels: [Int] = []
      for branch in ["branch1", "branch2.0", "branch2.1", "branch3.0", "branch3.1", "branch4.1"] {
        channels.append(try shapes.shape("inception\(name).\(branch).conv.weight", rank: 4)[0])
      }
      modules.append(Module(name: name, channels: channels))
    }
    self.modules = modules
    transformsInput = try settings.flag("transform-input") ?? true
    classes = try shapes.shape("fc.weight", rank: 2)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [.init("stem", stem), .init("modules", modules.count), .init("transform-input", transformsInput)]
  }

  /// What people call it.
  public var title: String { "GoogLeNet" }

  /// The classifiers on the way, which served training alone.
  public func ignores(_ tensor: String) -> Bool { tensor.hasPrefix("aux1.") || tensor.hasPrefix("aux2.") }
}
