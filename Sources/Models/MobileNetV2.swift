public import NeuralNetwork

/// MobileNet v2 (Sandler et al. 2018, arXiv 1801.04381), the variant of torchvision: inverted residuals, which expand
/// the channels, filter each by itself, and project them back without activation. Nodes are named by torchvision's
/// modules.
public struct MobileNetV2: Architecture {
  /// An inverted residual.
  public struct Block: Sendable, Equatable {
    /// Channels inside; `nil` if the block doesn't expand.
    public var expanded: Int?
    /// Channels that it ends in.
    public var channels: Int
    /// Step of the depthwise convolution.
    public var stride: Int
  }

  /// Channels of the first convolution.
  public var width: Int
  /// The inverted residuals, `features.1` and on.
  public var blocks: [Block]
  /// Channels of the last convolution.
  public var features: Int
  /// Number of classes.
  public var classes: Int

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// The paper's table 2: where the blocks of a network of 17 halve the size.
  static let strided: Set = [2, 4, 7, 14]

  /// Appends stem, blocks and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.convolution(
      "features.0.0", of: builder.input, channels: width, kernel: 3, stride: 2, padding: 1)
    var x = try builder.batchNorm("features.0.1", of: stem)
    x = try builder.add("features.0.2", .activation(.relu6), of: x)
    try builder.alias("features.0", for: x)
    var stages = [(name: "features.0.0", node: stem)]
    for (index, block) in blocks.enumerated() {
      let name = "features.\(index + 1)"
      if block.stride == 2, index > 1 { stages.append((name: "features.\(index)", node: x)) }
      x = try append(&builder, name, block, to: x)
    }
    stages.append((name: "features.\(blocks.count)", node: x))
    let name = "features.\(blocks.count + 1)"
    x = try builder.convolution("\(name).0", of: x, channels: features, kernel: 1)
    x = try builder.batchNorm("\(name).1", of: x)
    x = try builder.add("\(name).2", .activation(.relu6), of: x)
    try builder.alias(name, for: x)
    try builder.alias("features", for: x)
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear("classifier.1", of: pooled, width: classes)
    try builder.alias("classifier", for: logits)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  private func append(
    _ builder: inout GraphBuilder, _ name: String, _ block: Block, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    var x = input
    var index = 0
    let inner = block.expanded ?? builder.graph[input].shape[0]
    if block.expanded != nil {
      x = try builder.convolution("\(name).conv.0.0", of: x, channels: inner, kernel: 1)
      x = try builder.batchNorm("\(name).conv.0.1", of: x)
      x = try builder.add("\(name).conv.0.2", .activation(.relu6), of: x)
      index = 1
    }
    x = try builder.convolution(
      "\(name).conv.\(index).0", of: x, channels: inner, kernel: 3, stride: block.stride, padding: 1,
      groups: inner)
    x = try builder.batchNorm("\(name).conv.\(index).1", of: x)
    x = try builder.add("\(name).conv.\(index).2", .activation(.relu6), of: x)
    x = try builder.convolution("\(name).conv.\(index + 1)", of: x, channels: block.channels, kernel: 1)
    x = try builder.batchNorm("\(name).conv.\(index + 2)", of: x)
    try builder.alias("\(name).conv", for: x)
    if block.stride == 1, builder.graph[input].shape == builder.graph[x].shape {
      x = try builder.add("\(name).add", .add, of: x, input)
    }
    try builder.alias(name, for: x)
    return x
  }
}
