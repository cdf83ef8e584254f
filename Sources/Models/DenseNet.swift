public import NeuralNetwork

/// Densely connected networks (Huang, Liu, van der Maaten & Weinberger 2017, arXiv 1608.06993), the variant of
/// torchvision: every layer of a block reads all features before it and adds `growth` of its own. Normalization and
/// ReLU stand before each convolution. Nodes are named by torchvision's modules; `concat` is what a layer reads.
public struct DenseNet: Architecture {
  /// How a checkpoint names the parts of a layer: torchvision's oldest files have a point more.
  public enum LayerNames: Sendable {
    /// `norm1`
    case current
    /// `norm.1`
    case old

    func tensors(_ layer: String, _ part: String, _ number: Int) -> String {
      self == .current ? "\(layer).\(part)\(number)" : "\(layer).\(part).\(number)"
    }
  }

  /// Features that a layer adds.
  public var growth: Int
  /// Layers a block.
  public var blocks: [Int]
  /// Features of the stem.
  public var width: Int
  /// Features inside a layer, as a multiple of its growth.
  public var bottleneck = 4
  /// Number of classes.
  public var classes = 1000
  /// Names in the checkpoint.
  public var layerNames = LayerNames.current

  /// A network by its hyperparameters.
  public init(growth: Int, blocks: [Int], width: Int, bottleneck: Int = 4, classes: Int = 1000) {
    self.growth = growth
    self.blocks = blocks
    self.width = width
    self.bottleneck = bottleneck
    self.classes = classes
  }

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Appends stem, blocks with transitions between them, and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.convolution(
      "features.conv0", of: builder.input, channels: width, kernel: 7, stride: 2, padding: 3)
    var x = try builder.batchNorm("features.norm0", of: stem)
    x = try builder.add("features.relu0", .relu, of: x)
    x = try builder.add("features.pool0", .maxPool(.init(kernel: 3, stride: 2, padding: 1)), of: x)
    var stages = [(name: "features.conv0", node: stem)]
    for (index, layers) in blocks.enumerated() {
      let name = "features.denseblock\(index + 1)"
      x = try append(&builder, name, to: x, layers: layers)
      stages.append((name: name, node: x))
      if index < blocks.count - 1 {
        x = try transition(&builder, "features.transition\(index + 1)", of: x)
      }
    }
    x = try builder.batchNorm("features.norm5", of: x)
    try builder.alias("features", for: x)
    let map = try builder.add("relu", .relu, of: x)
    let pooled = try builder.add("avgpool", .globalAveragePool, of: map)
    let logits = try builder.linear("classifier", of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: map, stages: stages)
  }

  /// One block: its input and the features of all its layers, side by side.
  private func append(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID, layers: Int
  ) throws(NetworkError) -> Graph.NodeID {
    var features = [input]
    for index in 1...layers {
      let layer = "\(name).denselayer\(index)"
      var x = index == 1 ? input : try builder.concatenate("\(layer).concat", features)
      x = try builder.batchNorm("\(layer).norm1", of: x, tensors: layerNames.tensors(layer, "norm", 1))
      x = try builder.add("\(layer).relu1", .relu, of: x)
      x = try builder.convolution(
        "\(layer).conv1", of: x, channels: bottleneck * growth, kernel: 1,
        tensors: layerNames.tensors(layer, "conv", 1))
      x = try builder.batchNorm("\(layer).norm2", of: x, tensors: layerNames.tensors(layer, "norm", 2))
      x = try builder.add("\(layer).relu2", .relu, of: x)
      x = try builder.convolution(
        "\(layer).conv2", of: x, channels: growth, kernel: 3, padding: 1,
        tensors: layerNames.tensors(layer, "conv", 2))
      try builder.alias(layer, for: x)
      features.append(x)
    }
    return try builder.concatenate(name, features)
  }

  /// Half the features at half the size.
  private func transition(
    _ builder: inout GraphBuilder, _ name: String, of input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    var x = try builder.batchNorm("\(name).norm", of: input)
    x = try builder.add("\(name).relu", .relu, of: x)
    x = try builder.convolution(
      "\(name).conv", of: x, channels: builder.graph[input].shape[0] / 2, kernel: 1)
    x = try builder.add("\(name).pool", .averagePool(.init(kernel: 2, stride: 2)), of: x)
    try builder.alias(name, for: x)
    return x
  }
}
