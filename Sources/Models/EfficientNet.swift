public import NeuralNetwork

/// EfficientNet (Tan & Le 2019, arXiv 1905.11946), the variant of torchvision: inverted residuals with SiLU, whose
/// channels are weighed by squeeze and excitation. Nodes are named by torchvision's modules.
public struct EfficientNet: Architecture {
  /// An inverted residual with squeeze and excitation.
  public struct Block: Sendable, Equatable {
    /// Channels inside; `nil` if the block doesn't expand.
    public var expanded: Int?
    /// Side of the depthwise kernel.
    public var kernel: Int
    /// Its step.
    public var stride: Int
    /// Channels between squeeze and excitation.
    public var squeezed: Int
    /// Channels that the block ends in.
    public var channels: Int
  }

  /// Channels of the first convolution.
  public var width: Int
  /// The blocks of the stages, `features.1` and on.
  public var stages: [[Block]]
  /// Channels of the last convolution.
  public var features: Int
  /// Added to the batch normalizations' variances.
  public var epsilon: Float = 1e-5
  /// Number of classes.
  public var classes: Int

  /// The paper's table 1: the step of each stage's first block.
  static let strides = [1, 2, 2, 2, 1, 2, 1]

  /// Appends stem, stages and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.convolution(
      "features.0.0", of: builder.input, channels: width, kernel: 3, stride: 2, padding: 1)
    var x = try builder.batchNorm("features.0.1", of: stem, epsilon: epsilon)
    x = try builder.add("features.0.2", .activation(.silu), of: x)
    try builder.alias("features.0", for: x)
    var tapped = [(name: "features.0.0", node: stem)]
    for (index, blocks) in stages.enumerated() {
      let name = "features.\(index + 1)"
      // What goes into a halving, of the second and on.
      if index > 1, blocks.first?.stride == 2 { tapped.append((name: "features.\(index)", node: x)) }
      for (place, block) in blocks.enumerated() { x = try append(&builder, "\(name).\(place)", block, to: x) }
      try builder.alias(name, for: x)
    }
    tapped.append((name: "features.\(stages.count)", node: x))
    let name = "features.\(stages.count + 1)"
    x = try builder.convolution("\(name).0", of: x, channels: features, kernel: 1)
    x = try builder.batchNorm("\(name).1", of: x, epsilon: epsilon)
    x = try builder.add("\(name).2", .activation(.silu), of: x)
    try builder.alias(name, for: x)
    try builder.alias("features", for: x)
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear("classifier.1", of: pooled, width: classes)
    try builder.alias("classifier", for: logits)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: tapped)
  }

  private func append(
    _ builder: inout GraphBuilder, _ name: String, _ block: Block, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    var x = input
    var part = "\(name).block.0"
    let inner = block.expanded ?? builder.graph[input].shape[0]
    if block.expanded != nil {
      x = try builder.convolution("\(part).0", of: x, channels: inner, kernel: 1)
      x = try builder.batchNorm("\(part).1", of: x, epsilon: epsilon)
      x = try builder.add("\(part).2", .activation(.silu), of: x)
      try builder.alias(part, for: x)
      part = "\(name).block.1"
    }
    x = try builder.convolution(
      "\(part).0", of: x, channels: inner, kernel: block.kernel, stride: block.stride,
      padding: (block.kernel - 1) / 2, groups: inner)
    x = try builder.batchNorm("\(part).1", of: x, epsilon: epsilon)
    x = try builder.add("\(part).2", .activation(.silu), of: x)
    try builder.alias(part, for: x)
    let second = block.expanded == nil ? 1 : 2
    x = try weigh(&builder, "\(name).block.\(second)", of: x, squeezed: block.squeezed)
    part = "\(name).block.\(second + 1)"
    x = try builder.convolution("\(part).0", of: x, channels: block.channels, kernel: 1)
    x = try builder.batchNorm("\(part).1", of: x, epsilon: epsilon)
    try builder.alias("\(name).block", for: x)
    if block.stride == 1, builder.graph[input].shape == builder.graph[x].shape {
      x = try builder.add("\(name).add", .add, of: x, input)
    }
    try builder.alias(name, for: x)
    return x
  }

  /// Squeeze and excitation (Hu, Shen & Sun 2018, arXiv 1709.01507): each channel times a factor that the means of all
  /// channels give.
  private func weigh(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID, squeezed: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let channels = builder.graph[input].shape[0]
    var x = try builder.add("\(name).avgpool", .globalAveragePool, of: input)
    x = try builder.linear("\(name).fc1", of: x, width: squeezed, kernel: true)
    x = try builder.add("\(name).activation", .activation(.silu), of: x)
    x = try builder.linear("\(name).fc2", of: x, width: channels, kernel: true)
    x = try builder.add("\(name).scale_activation", .activation(.sigmoid), of: x)
    return try builder.add(name, .gate, of: input, x)
  }
}
