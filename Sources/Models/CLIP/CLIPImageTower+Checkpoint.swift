extension CLIPImageTower {
  /// The family's name in `model.yaml`.
  public static var name: String { "clip" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { CLIPSettings.keys }

  /// Whether a checkpoint has the tensors of CLIP's image tower under names that are known.
  public static func recognizes(_ shapes: TensorShapes) -> Bool { CLIPNames.of(shapes) != nil }

  /// The text tower's tensors serve the text tower.
  public func ignores(_ tensor: String) -> Bool { names.otherPrefixes.contains { tensor.hasPrefix($0) } }

  /// Hyperparameters from settings, the configuration beside the checkpoint, and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let names = CLIPNames.of(shapes) ?? .openAI
    let settings = try CLIPSettings(settings, beside: shapes.path, names)
    let kernel = try shapes.shape("\(names.patches).weight", rank: 4)
    let positions = try shapes.shape(names.positions, rank: 2)
    let inner = try shapes.shape("\(names.block(0)).\(names.parts.perceptron.first).weight", rank: 2)
    let projection = try shapes.shape(names.projection.tensor, rank: 2)
    let side = Int(Double(positions[0] - 1).squareRoot().rounded())
    guard side > 0, side * side == positions[0] - 1 else {
      throw .checkpoint(
        path: shapes.path, tensor: names.positions,
        reason: "\(positions[0]) tokens aren't one class token and a square of patches")
    }
    let (size, overflows) = side.multipliedReportingOverflow(by: kernel[2])
    guard !overflows, size <= InputSpecification.greatestSize else {
      throw .checkpoint(
        path: shapes.path, tensor: names.positions,
        reason: "\(side) × \(side) patches of \(kernel[2]) pixels make a picture of more than "
          + "\(InputSpecification.greatestSize) pixels a side")
    }
    self.init(
      patch: kernel[2], hidden: kernel[0],
      layers: shapes.count { "\(names.block($0)).\(names.parts.firstNorm).weight" }, mlp: inner[0],
      inputSize: size, embedding: names.projection.isTransposed ? projection[1] : projection[0])
    self.names = names
    heads = try settings.image.heads(width: hidden, "heads", shapes.path)
    activation = settings.image.activation ?? .quickGELU
    epsilon = settings.image.epsilon ?? epsilon
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("codebase", names.origin), .init("patch", patch), .init("hidden", hidden),
      .init("layers", layers),
      .init("heads", heads), .init("mlp", mlp), .init("activation", activation.rawValue),
      .init("embedding", embedding),
    ]
  }

  /// What people call it: "CLIP ViT-B/32", or its numbers.
  public var title: String {
    let sizes = [("B", 768, 12), ("L", 1024, 24), ("H", 1280, 32), ("g", 1408, 40), ("bigG", 1664, 48)]
    guard let size = sizes.first(where: { ($0.1, $0.2) == (hidden, layers) }) else {
      return "CLIP ViT (\(layers) blocks of \(hidden), \(heads) heads, patches of \(patch))"
    }
    return "CLIP ViT-\(size.0)/\(patch)\(inputSize == 224 ? "" : " at \(inputSize)")"
  }
}
