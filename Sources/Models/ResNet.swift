public import NeuralNetwork

/// Deep residual networks (He, Zhang, Ren & Sun 2016, arXiv 1512.03385), the variant of torchvision: a bottleneck
/// strides in its 3×3 convolution ("v1.5"). With groups ResNeXt (arXiv 1611.05431), with a greater width per group
/// Wide ResNet (arXiv 1605.07146). Nodes are named by torchvision's modules; the second and third use of a block's
/// one ReLU are `relu_1` and `relu_2`.
public struct ResNet: Architecture {
  /// The residual branch of a block.
  public enum Block: String, Sendable, CaseIterable {
    /// 3×3, 3×3.
    case basic
    /// 1×1, 3×3, 1×1 to four times the width.
    case bottleneck

    /// Output channels as a multiple of the stage's width.
    public var expansion: Int { self == .basic ? 1 : 4 }
  }

  /// The first convolution and what follows it.
  public struct Stem: Sendable, Equatable {
    /// Side of the kernel.
    public var kernel = 7
    /// Step between windows.
    public var stride = 2
    /// Zeros on each side.
    public var padding = 3
    /// Whether a 3×3 maximum with stride 2 follows.
    public var pool = true

    /// A stem; the paper's by default.
    public init(kernel: Int = 7, stride: Int = 2, padding: Int = 3, pool: Bool = true) {
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
      self.pool = pool
    }
  }

  /// The kind of block.
  public var block: Block
  /// Blocks a stage; the paper's networks have four stages.
  public var blocks: [Int]
  /// Channels of the stem and width of the first stage; each further stage doubles it.
  public var width = 64
  /// Groups of the 3×3 convolution in a bottleneck.
  public var groups = 1
  /// Channels a group where the stage's width is 64.
  public var widthPerGroup = 64
  /// The first layers.
  public var stem = Stem()
  /// Number of classes.
  public var classes = 1000

  /// A network by its hyperparameters.
  public init(
    block: Block, blocks: [Int], width: Int = 64, groups: Int = 1, widthPerGroup: Int = 64,
    stem: Stem = Stem(),
    classes: Int = 1000
  ) {
    self.block = block
    self.blocks = blocks
    self.width = width
    self.groups = groups
    self.widthPerGroup = widthPerGroup
    self.stem = stem
    self.classes = classes
  }

  /// Side of ImageNet's crops: the weights of a ResNet don't tell.
  public var inputSize: Int { 224 }

  /// Appends stem, stages, pooling and classifier.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stemMaps = try builder.convolution(
      "conv1", of: builder.input, channels: width, kernel: stem.kernel, stride: stem.stride,
      padding: stem.padding)
    var x = try builder.add("relu", .relu, of: builder.batchNorm("bn1", of: stemMaps))
    if stem.pool { x = try builder.add("maxpool", .maxPool(.init(kernel: 3, stride: 2, padding: 1)), of: x) }

    var stages = [(name: "conv1", node: stemMaps)]
    for (stage, count) in blocks.enumerated() {
      for index in 0..<count {
        let stride = stage > 0 && index == 0 ? 2 : 1
        x = try append(&builder, "layer\(stage + 1).\(index)", to: x, width: width << stage, stride: stride)
      }
      try builder.alias("layer\(stage + 1)", for: x)
      stages.append((name: "layer\(stage + 1)", node: x))
    }
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear("fc", of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  /// One residual block: ReLU of the sum of its branch and a shortcut, which is a 1×1 convolution where the shape
  /// changes.
  private func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID, width: Int, stride: Int
  ) throws(NetworkError) -> Graph.NodeID {
    var shortcut = input
    var x: Graph.NodeID
    switch block {
    case .basic:
      x = try builder.convolution(
        "\(name).conv1", of: input, channels: width, kernel: 3, stride: stride, padding: 1)
      x = try builder.batchNorm("\(name).bn1", of: x)
      x = try builder.add("\(name).relu", .relu, of: x)
      x = try builder.convolution("\(name).conv2", of: x, channels: width, kernel: 3, padding: 1)
      x = try builder.batchNorm("\(name).bn2", of: x)
    case .bottleneck:
      let inner = width * widthPerGroup / 64 * groups
      x = try builder.convolution("\(name).conv1", of: input, channels: inner, kernel: 1)
      x = try builder.batchNorm("\(name).bn1", of: x)
      x = try builder.add("\(name).relu", .relu, of: x)
      x = try builder.convolution(
        "\(name).conv2", of: x, channels: inner, kernel: 3, stride: stride, padding: 1, groups: groups)
      x = try builder.batchNorm("\(name).bn2", of: x)
      x = try builder.add("\(name).relu_1", .relu, of: x)
      x = try builder.convolution("\(name).conv3", of: x, channels: width * block.expansion, kernel: 1)
      x = try builder.batchNorm("\(name).bn3", of: x)
    }
    if stride != 1 || builder.graph[input].shape[0] != width * block.expansion {
      shortcut = try builder.convolution(
        "\(name).downsample.0", of: input, channels: width * block.expansion, kernel: 1, stride: stride)
      shortcut = try builder.batchNorm("\(name).downsample.1", of: shortcut)
      try builder.alias("\(name).downsample", for: shortcut)
    }
    let sum = try builder.add("\(name).add", .add, of: x, shortcut)
    let output = try builder.add(name, .relu, of: sum)
    try builder.alias("\(name).\(block == .basic ? "relu_1" : "relu_2")", for: output)
    return output
  }
}
