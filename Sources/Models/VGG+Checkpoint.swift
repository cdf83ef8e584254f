extension VGG {
  /// The family's name in `model.yaml`.
  public static var name: String { "vgg" }
  /// The keys of `model.yaml` that set hyperparameters: none, since the tensors tell them all.
  public static var keys: [String] { [] }

  /// Whether a checkpoint has the tensors of torchvision's VGG.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    (try? shapes.shape("features.0.weight", rank: 4))?.suffix(2) == [3, 3]
      && shapes.has("classifier.6.weight")
      && shapes.has("classifier.3.weight")
  }

  /// Hyperparameters from shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    hasBatchNorm = shapes.has("features.1.running_mean")
    let step = hasBatchNorm ? 3 : 2
    var (index, groups) = (0, [[Int]]())
    // A group ends where a place is left out: that of its pooling.
    while shapes.has("features.\(index).weight"), groups.count < 16 {
      var channels: [Int] = []
      while shapes.has("features.\(index).weight") {
        channels.append(try shapes.shape("features.\(index).weight", rank: 4)[0])
        index += step
      }
      groups.append(channels)
      index += 1
    }
    self.groups = groups
    hidden = try shapes.shape("classifier.0.weight", rank: 2)[0]
    classes = try shapes.shape("classifier.6.weight", rank: 2)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("convolutions", groups.map(\.count)), .init("widths", groups.map { $0.last ?? 0 }),
      .init("hidden", hidden), .init("batch normalization", hasBatchNorm),
    ]
  }

  /// What people call it: "VGG-16", "VGG-19 with batch normalization".
  public var title: String {
    let layers = groups.joined().count + 3
    return "VGG-\(layers)\(hasBatchNorm ? " with batch normalization" : "")"
  }
}
