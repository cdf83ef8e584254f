public import NeuralNetwork

/// ConvNeXt (Liu et al. 2022, arXiv 2201.03545), the variant of torchvision: blocks of a depthwise 7×7 convolution and
/// a perceptron of exact GELU over the channels of each position, scaled and added to what came in. Nodes are named
/// by torchvision's modules; `scale` and `add` end a block.
public struct ConvNeXt: Architecture {
  /// Blocks a stage.
  public var blocks: [Int]
  /// Channels of each stage.
  public var widths: [Int]
  /// Number of classes.
  public var classes = 1000

  /// A network by its hyperparameters.
  public init(blocks: [Int], widths: [Int], classes: Int = 1000) {
    self.blocks = blocks
    self.widths = widths
    self.classes = classes
  }

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Appends stem, stages with downsampling between them, and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    var x = try builder.convolution(
      "features.0.0", of: builder.input, channels: widths[0], kernel: 4, stride: 4, bias: true)
    x = try builder.channelNorm("features.0.1", of: x)
    try builder.alias("features.0", for: x)
    var stages = [(name: "features.0", node: x)]
    for (stage, count) in blocks.enumerated() {
      if stage > 0 {
        x = try builder.channelNorm("features.\(2 * stage).0", of: x)
        x = try builder.convolution(
          "features.\(2 * stage).1", of: x, channels: widths[stage], kernel: 2, stride: 2, bias: true)
        try builder.alias("features.\(2 * stage)", for: x)
        // VITAL matches what downsampling gives, and of the last stage what it ends in.
        stages.append((name: "features.\(2 * stage).1", node: x))
      }
      let name = "features.\(2 * stage + 1)"
      for index in 0..<count { x = try append(&builder, "\(name).\(index)", to: x) }
      try builder.alias(name, for: x)
    }
    let last = "features.\(2 * blocks.count - 1).\(blocks[blocks.count - 1] - 1).add"
    stages.append((name: last, node: x))
    try builder.alias("features", for: x)
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let features = try builder.layerNorm("classifier.0", of: pooled)
    let logits = try builder.linear("classifier.2", of: features, width: classes)
    try builder.alias("classifier", for: logits)
    return Landmarks(logits: logits, penultimate: features, penultimateMap: x, stages: stages)
  }

  /// One block. Its perceptron works on rows, one a position.
  private func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let shape = builder.graph[input].shape
    let width = shape[0]
    var x = try builder.convolution(
      "\(name).block.0", of: input, channels: width, kernel: 7, padding: 3, groups: width, bias: true)
    x = try builder.add("\(name).block.1", .rows, of: x)
    x = try builder.layerNorm("\(name).block.2", of: x)
    x = try builder.linear("\(name).block.3", of: x, width: 4 * width)
    x = try builder.add("\(name).block.4", .gelu, of: x)
    x = try builder.linear("\(name).block.5", of: x, width: width)
    x = try builder.add("\(name).block.6", .map(height: shape[1], width: shape[2]), of: x)
    try builder.alias("\(name).block", for: x)
    x = try builder.scale("\(name).scale", of: x, by: "\(name).layer_scale", shape: [width, 1, 1])
    let output = try builder.add(name, .add, of: x, input)
    try builder.alias("\(name).add", for: output)
    return output
  }
}
