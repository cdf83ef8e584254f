extension SqueezeNet {
  /// The family's name in `model.yaml`.
  public static var name: String { "squeezenet" }
  /// The keys of `model.yaml` that set hyperparameters: none, since the tensors tell them all.
  public static var keys: [String] { [] }

  /// Whether a checkpoint has the tensors of torchvision's SqueezeNet.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("features.3.squeeze.weight") && shapes.has("classifier.1.weight")
  }

  /// Hyperparameters from shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    let first = try shapes.shape("features.0.weight", rank: 4)
    stem = (first[0], first[2])
    var parts: [Part] = []
    func isFire(_ index: Int) -> Bool { shapes.has("features.\(index + 3).squeeze.weight") }
    while isFire(parts.count) || isFire(parts.count + 1), parts.count < 64 {
      guard isFire(parts.count) else {
        parts.append(.pool)
        continue
      }
      func channels(_ part: String) throws(ModelError) -> Int {
        try shapes.shape("features.\(parts.count + 3).\(part).weight", rank: 4)[0]
      }
      let fire = Fire(
        squeezed: try channels("squeeze"), narrow: try channels("expand1x1"), wide: try channels("expand3x3"))
      parts.append(.fire(fire))
    }
    self.parts = parts
    classes = try shapes.shape("classifier.1.weight", rank: 4)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    let fires = parts.count { if case .fire = $0 { true } else { false } }
    return [
      .init("stem", stem.channels), .init("stem kernel", stem.kernel), .init("fire modules", fires),
    ]
  }

  /// What people call it: "SqueezeNet 1.0" has a 7×7 stem, "SqueezeNet 1.1" a 3×3 one.
  public var title: String { "SqueezeNet \(stem.kernel == 7 ? "1.0" : "1.1")" }
}
