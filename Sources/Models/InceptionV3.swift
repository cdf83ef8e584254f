public import NeuralNetwork

/// Inception v3 (Szegedy et al. 2016, arXiv 1512.00567), the variant of torchvision, made for pictures of 299 pixels.
/// Nodes are named by torchvision's modules; the pooling inside a module is `branch_pool_mean` or `branch_pool_max`.
public struct InceptionV3: Architecture {
  /// Whether pictures come normalized as torchvision does and are to be as TensorFlow did (`transform_input`).
  public var transformsInput = true
  /// Number of classes.
  public var classes = 1000

  /// A network of so many classes.
  public init(transformsInput: Bool = true, classes: Int = 1000) {
    self.transformsInput = transformsInput
    self.classes = classes
  }

  /// The paper's 299 pixels.
  public var inputSize: Int { 299 }

  /// Appends stem, modules and head: the paper's table 1.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let pooling = Operation.maxPool(.init(kernel: 3, stride: 2))
    var x = transformsInput ? try builder.tensorFlowInput() : builder.input
    x = try builder.inceptionLayer("Conv2d_1a_3x3", of: x, channels: 32, window: (3, 3), stride: 2)
    var stages = [(name: "Conv2d_1a_3x3", node: x)]
    x = try builder.inceptionLayer("Conv2d_2a_3x3", of: x, channels: 32, window: (3, 3))
    x = try builder.inceptionLayer("Conv2d_2b_3x3", of: x, channels: 64, window: (3, 3), padding: 1)
    x = try builder.add("maxpool1", pooling, of: x)
    x = try builder.inceptionLayer("Conv2d_3b_1x1", of: x, channels: 80)
    x = try builder.inceptionLayer("Conv2d_4a_3x3", of: x, channels: 192, window: (3, 3))
    stages.append((name: "Conv2d_4a_3x3", node: x))
    x = try builder.add("maxpool2", pooling, of: x)
    for (name, pooled) in [("Mixed_5b", 32), ("Mixed_5c", 64), ("Mixed_5d", 64)] {
      x = try moduleA(&builder, name, of: x, pooled: pooled)
    }
    stages.append((name: "Mixed_5d", node: x))
    x = try moduleB(&builder, "Mixed_6a", of: x)
    for (name, inner) in [("Mixed_6b", 128), ("Mixed_6c", 160), ("Mixed_6d", 160), ("Mixed_6e", 192)] {
      x = try moduleC(&builder, name, of: x, inner: inner)
    }
    stages.append((name: "Mixed_6e", node: x))
    x = try moduleD(&builder, "Mixed_7a", of: x)
    for name in ["Mixed_7b", "Mixed_7c"] { x = try moduleE(&builder, name, of: x) }
    stages.append((name: "Mixed_7c", node: x))
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear("fc", of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  /// Layers one after another, each of a name, channels and a window that keeps the map's size.
  private func chain(
    _ builder: inout GraphBuilder, _ module: String, of input: Graph.NodeID,
    _ layers: [(name: String, channels: Int, window: (Int, Int))]
  ) throws(NetworkError) -> Graph.NodeID {
    var x = input
    for layer in layers {
      let padding = Operation.Padding(
        vertical: (layer.window.0 - 1) / 2, horizontal: (layer.window.1 - 1) / 2)
      x = try builder.inceptionLayer(
        "\(module).\(layer.name)", of: x, channels: layer.channels, window: layer.window, padding: padding)
    }
    return x
  }

  private func pooledBranch(
    _ builder: inout GraphBuilder, _ module: String, of input: Graph.NodeID, channels: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let mean = try builder.add(
      "\(module).branch_pool_mean", .averagePool(.init(kernel: 3, stride: 1, padding: 1)), of: input)
    return try builder.inceptionLayer("\(module).branch_pool", of: mean, channels: channels)
  }

  /// Figure 5: 5×5 as two 3×3.
  private func moduleA(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID, pooled: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let branches = [
      try chain(&builder, name, of: input, [("branch1x1", 64, (1, 1))]),
      try chain(&builder, name, of: input, [("branch5x5_1", 48, (1, 1)), ("branch5x5_2", 64, (5, 5))]),
      try chain(
        &builder, name, of: input,
        [("branch3x3dbl_1", 64, (1, 1)), ("branch3x3dbl_2", 96, (3, 3)), ("branch3x3dbl_3", 96, (3, 3))]),
      try pooledBranch(&builder, name, of: input, channels: pooled),
    ]
    return try builder.concatenate(name, branches)
  }

  /// Figure 10: half the size.
  private func moduleB(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let first = try builder.inceptionLayer(
      "\(name).branch3x3", of: input, channels: 384, window: (3, 3), stride: 2)
    var second = try chain(
      &builder, name, of: input, [("branch3x3dbl_1", 64, (1, 1)), ("branch3x3dbl_2", 96, (3, 3))])
    second = try builder.inceptionLayer(
      "\(name).branch3x3dbl_3", of: second, channels: 96, window: (3, 3), stride: 2)
    let third = try builder.add("\(name).branch_pool_max", .maxPool(.init(kernel: 3, stride: 2)), of: input)
    return try builder.concatenate(name, [first, second, third])
  }

  /// Figure 6: 7×7 as 1×7 and 7×1.
  private func moduleC(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID, inner: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let branches = [
      try chain(&builder, name, of: input, [("branch1x1", 192, (1, 1))]),
      try chain(
        &builder, name, of: input,
        [("branch7x7_1", inner, (1, 1)), ("branch7x7_2", inner, (1, 7)), ("branch7x7_3", 192, (7, 1))]),
      try chain(
        &builder, name, of: input,
        [
          ("branch7x7dbl_1", inner, (1, 1)), ("branch7x7dbl_2", inner, (7, 1)),
          ("branch7x7dbl_3", inner, (1, 7)), ("branch7x7dbl_4", inner, (7, 1)),
          ("branch7x7dbl_5", 192, (1, 7)),
        ]),
      try pooledBranch(&builder, name, of: input, channels: 192),
    ]
    return try builder.concatenate(name, branches)
  }

  /// Half the size once more.
  private func moduleD(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    var first = try chain(&builder, name, of: input, [("branch3x3_1", 192, (1, 1))])
    first = try builder.inceptionLayer(
      "\(name).branch3x3_2", of: first, channels: 320, window: (3, 3), stride: 2)
    var second = try chain(
      &builder, name, of: input,
      [("branch7x7x3_1", 192, (1, 1)), ("branch7x7x3_2", 192, (1, 7)), ("branch7x7x3_3", 192, (7, 1))])
    second = try builder.inceptionLayer(
      "\(name).branch7x7x3_4", of: second, channels: 192, window: (3, 3), stride: 2)
    let third = try builder.add("\(name).branch_pool_max", .maxPool(.init(kernel: 3, stride: 2)), of: input)
    return try builder.concatenate(name, [first, second, third])
  }

  /// Figure 7: 3×3 as 1×3 beside 3×1.
  private func moduleE(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let narrow = try chain(&builder, name, of: input, [("branch1x1", 320, (1, 1))])
    let second = try chain(&builder, name, of: input, [("branch3x3_1", 384, (1, 1))])
    let third = try chain(
      &builder, name, of: input, [("branch3x3dbl_1", 448, (1, 1)), ("branch3x3dbl_2", 384, (3, 3))])
    let branches = [
      narrow,
      try chain(&builder, name, of: second, [("branch3x3_2a", 384, (1, 3))]),
      try chain(&builder, name, of: second, [("branch3x3_2b", 384, (3, 1))]),
      try chain(&builder, name, of: third, [("branch3x3dbl_3a", 384, (1, 3))]),
      try chain(&builder, name, of: third, [("branch3x3dbl_3b", 384, (3, 1))]),
      try pooledBranch(&builder, name, of: input, channels: 192),
    ]
    return try builder.concatenate(name, branches)
  }
}

extension InceptionV3 {
  /// The family's name in `model.yaml`.
  public static var name: String { "inception-v3" }
  /// The keys of `model.yaml` that set hyperparameters.
  public static var keys: [String] { ["transform-input"] }

  /// Whether a checkpoint has the tensors of torchvision's Inception v3.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    shapes.has("Mixed_5b.branch1x1.conv.weight") && shapes.has("fc.weight")
  }

  /// Hyperparameters from settings and shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    transformsInput = try settings.flag("transform-input") ?? true
    classes = try shapes.shape("fc.weight", rank: 2)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [.init("transform-input", transformsInput)]
  }

  /// What people call it.
  public var title: String { "Inception v3" }

  /// The classifier on the way, which served training alone.
  public func ignores(_ tensor: String) -> Bool { tensor.hasPrefix("AuxLogits.") }
}
