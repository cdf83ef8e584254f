public import NeuralNetwork

/// The residual networks for small pictures (He, Zhang, Ren & Sun 2016, arXiv 1512.03385, section 4.2): a 3×3 stem
/// without pooling, and three stages, or four as many codebases have. Where a shape changes, the shortcut is a 1×1
/// convolution or, as in the paper, every second position with channels of zeros around. Nodes are named by the
/// checkpoint's modules.
public struct CIFARResNet: Architecture {
  /// What codebases call the parts that differ.
  public struct Names: Sendable, Equatable {
    /// The shortcut's module, whose convolution is its part 0.
    public var shortcut: String
    /// The linear layer.
    public var head: String

    /// Names.
    public init(shortcut: String, head: String) {
      self.shortcut = shortcut
      self.head = head
    }
  }

  /// Whether blocks are 1×1, 3×3, 1×1 rather than 3×3, 3×3.
  public var hasBottlenecks = false
  /// Blocks a stage.
  public var blocks: [Int]
  /// Channels of stem and first stage; each further stage doubles them.
  public var width: Int
  /// Names in the checkpoint.
  public var names: Names
  /// Whether shortcuts have parameters where a shape changes.
  public var projects: Bool
  /// Number of classes.
  public var classes: Int

  /// A network by its hyperparameters.
  public init(
    hasBottlenecks: Bool = false, blocks: [Int], width: Int = 16,
    names: Names = Names(shortcut: "shortcut", head: "linear"), projects: Bool = false, classes: Int = 10
  ) {
    self.hasBottlenecks = hasBottlenecks
    self.blocks = blocks
    self.width = width
    self.names = names
    self.projects = projects
    self.classes = classes
  }

  /// CIFAR's pictures.
  public var inputSize: Int { 32 }

  /// Whole pictures, normalized as in the codebase whose names the tensors have.
  public var input: InputSpecification {
    isPaper
      ? InputSpecification(size: inputSize, resize: inputSize)
      : InputSpecification(
        size: inputSize, resize: inputSize, mean: [0.4914, 0.4822, 0.4465],
        deviation: [0.2023, 0.1994, 0.2010])
  }

  /// The codebase.
  public var inputOwner: String {
    isPaper ? "akamaster's pytorch_resnet_cifar10" : "kuangliu's pytorch-cifar"
  }

  /// Whether it is as the paper has it, shortcuts without parameters: so is akamaster's codebase alone.
  private var isPaper: Bool { names.head == "linear" && !projects }

  /// Appends stem, stages and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.convolution("conv1", of: builder.input, channels: width, kernel: 3, padding: 1)
    var x = try builder.batchNorm("bn1", of: stem)
    x = try builder.add("relu", .relu, of: x)
    var stages = [(name: "conv1", node: stem)]
    for (stage, count) in blocks.enumerated() {
      for index in 0..<count {
        x = try append(
          &builder, "layer\(stage + 1).\(index)", to: x, width: width << stage,
          stride: stage > 0 && index == 0 ? 2 : 1)
      }
      try builder.alias("layer\(stage + 1)", for: x)
      stages.append((name: "layer\(stage + 1)", node: x))
    }
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear(names.head, of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  private func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID, width: Int, stride: Int
  ) throws(NetworkError) -> Graph.NodeID {
    // Channels, kernel and step of each convolution.
    let layers =
      hasBottlenecks
      ? [(width, 1, 1), (width, 3, stride), (4 * width, 1, 1)] : [(width, 3, stride), (width, 3, 1)]
    var x = input
    for (index, (channels, kernel, step)) in layers.enumerated() {
      x = try builder.convolution(
        "\(name).conv\(index + 1)", of: x, channels: channels, kernel: kernel, stride: step,
        padding: (kernel - 1) / 2)
      x = try builder.batchNorm("\(name).bn\(index + 1)", of: x)
      if index < layers.count - 1 { x = try builder.add("\(name).relu\(index + 1)", .relu, of: x) }
    }
    let shortcut = try self.shortcut(
      &builder, "\(name).\(names.shortcut)", of: input, like: x, stride: stride)
    let sum = try builder.add("\(name).add", .add, of: x, shortcut)
    return try builder.add(name, .relu, of: sum)
  }

  private func shortcut(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID, like branch: Graph.NodeID,
    stride: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let (from, to) = (builder.graph[input].shape[0], builder.graph[branch].shape[0])
    guard stride != 1 || from != to else { return input }
    if projects {
      let x = try builder.convolution("\(name).0", of: input, channels: to, kernel: 1, stride: stride)
      return try builder.batchNorm("\(name).1", of: x)
    }
    // A window of one position: every second row and column.
    let x = try builder.add("\(name).half", .averagePool(.init(kernel: 1, stride: stride)), of: input)
    let missing = max(0, to - from)
    return try builder.add(name, .padChannels(before: missing / 2, after: missing - missing / 2), of: x)
  }
}

extension CIFARResNet {
  /// The family's name in `model.yaml`.
  public static var name: String { "cifar-resnet" }
  /// The keys of `model.yaml` that set hyperparameters: none, since the tensors tell them all.
  public static var keys: [String] { [] }

  /// Whether a checkpoint has the tensors of a ResNet for small pictures: a 3×3 stem, and three stages or a head that
  /// isn't torchvision's.
  public static func recognizes(_ shapes: TensorShapes) -> Bool {
    guard (try? shapes.shape("conv1.weight", rank: 4))?.suffix(2) == [3, 3] else { return false }
    guard shapes.has("layer1.0.conv1.weight"), shapes.has("bn1.weight") else { return false }
    return shapes.has("linear.weight") || shapes.has("fc.weight") && !shapes.has("layer4.0.conv1.weight")
  }

  /// Hyperparameters from shapes. Throws ``ModelError``.
  public init(_ shapes: TensorShapes, settings: YAMLMapping) throws(ModelError) {
    hasBottlenecks = shapes.has("layer1.0.conv3.weight")
    width = try shapes.shape("conv1.weight", rank: 4)[0]
    var blocks: [Int] = []
    while blocks.count < 8 {
      let count = shapes.count { "layer\(blocks.count + 1).\($0).conv1.weight" }
      guard count > 0 else { break }
      blocks.append(count)
    }
    self.blocks = blocks
    let head = shapes.has("linear.weight") ? "linear" : "fc"
    let shortcuts = ["shortcut", "downsample"]
    let used = shortcuts.first { shapes.has("layer2.0.\($0).0.weight") }
    names = Names(shortcut: used ?? "shortcut", head: head)
    projects = used != nil
    classes = try shapes.shape("\(head).weight", rank: 2)[0]
  }

  /// What fixes this member of the family.
  public var hyperparameters: [Hyperparameter] {
    [
      .init("block", hasBottlenecks ? "bottleneck" : "basic"), .init("blocks", blocks), .init("width", width),
      .init("shortcuts with parameters", projects),
    ]
  }

  /// What people call it: "CIFAR ResNet-20".
  public var title: String {
    "CIFAR ResNet-\(blocks.reduce(0, +) * (hasBottlenecks ? 3 : 2) + 2)\(width == 16 ? "" : " (width \(width))")"
  }
}
