public import NeuralNetwork

/// SqueezeNet (Iandola et al. 2016, arXiv 1602.07360), versions 1.0 and 1.1 of torchvision: fire modules squeeze the
/// channels by a 1×1 convolution and expand them by 1×1 and 3×3 ones side by side. Nodes are named by torchvision's
/// modules. The classifier works on the map, so that its mean is what comes last.
public struct SqueezeNet: Architecture {
  /// A fire module's channels.
  public struct Fire: Sendable, Equatable {
    /// Channels of the 1×1 convolution that squeezes.
    public var squeezed: Int
    /// Channels of the 1×1 convolution that expands.
    public var narrow: Int
    /// Channels of the 3×3 convolution that expands.
    public var wide: Int
  }

  /// What stands at a place of `features`.
  public enum Part: Sendable, Equatable {
    /// A fire module.
    case fire(Fire)
    /// A 3×3 maximum with stride 2, partial windows included.
    case pool
  }

  /// Channels and kernel of the first convolution, whose stride is 2.
  public var stem: (channels: Int, kernel: Int)
  /// What follows the stem's pooling, from `features.3` on.
  public var parts: [Part]
  /// Number of classes.
  public var classes: Int

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Appends stem, fire modules and classifier.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let pooling = Operation.maxPool(.init(kernel: 3, stride: 2, includesPartial: true))
    let first = try builder.convolution(
      "features.0", of: builder.input, channels: stem.channels, kernel: stem.kernel, stride: 2, bias: true)
    var x = try builder.add("features.1", .relu, of: first)
    x = try builder.add("features.2", pooling, of: x)
    var stages = [(name: "features.0", node: first)]
    for (index, part) in parts.enumerated() {
      let name = "features.\(index + 3)"
      switch part {
      case .pool:
        stages.append((name: "features.\(index + 2)", node: x))
        x = try builder.add(name, pooling, of: x)
      case .fire(let fire): x = try append(&builder, name, fire, to: x)
      }
    }
    stages.append((name: "features.\(parts.count + 2)", node: x))
    try builder.alias("features", for: x)
    let scores = try builder.convolution("classifier.1", of: x, channels: classes, kernel: 1, bias: true)
    let map = try builder.add("classifier.2", .relu, of: scores)
    let logits = try builder.add("classifier.3", .globalAveragePool, of: map)
    try builder.alias("classifier", for: logits)
    return Landmarks(logits: logits, penultimate: logits, penultimateMap: map, stages: stages)
  }

  private func append(
    _ builder: inout GraphBuilder, _ name: String, _ fire: Fire, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    var x = try builder.convolution(
      "\(name).squeeze", of: input, channels: fire.squeezed, kernel: 1, bias: true)
    x = try builder.add("\(name).squeeze_activation", .relu, of: x)
    let narrow = try builder.convolution(
      "\(name).expand1x1", of: x, channels: fire.narrow, kernel: 1, bias: true)
    let wide = try builder.convolution(
      "\(name).expand3x3", of: x, channels: fire.wide, kernel: 3, padding: 1, bias: true)
    return try builder.concatenate(
      name,
      [
        try builder.add("\(name).expand1x1_activation", .relu, of: narrow),
        try builder.add("\(name).expand3x3_activation", .relu, of: wide),
      ])
  }
}
