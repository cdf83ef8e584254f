public import NeuralNetwork

/// Residual networks of the second kind (He, Zhang, Ren & Sun 2016, arXiv 1603.05027): normalization and ReLU stand
/// before each convolution, and nothing follows the sum. Two codebases share the idea and differ in the rest: timm
/// strides in the first block of a stage, Keras in the last; Keras' stem and last convolutions have a bias, and its
/// pooling sees the zeros around the map. Nodes are named as in the checkpoint.
public struct ResNetV2: Architecture {
  /// The codebase that a checkpoint comes from.
  public enum Origin: Sendable {
    /// timm's `resnetv2_50` and its like.
    case timm
    /// Keras' `ResNet50V2` and its like.
    case keras
  }

  /// The codebase.
  public var origin: Origin
  /// Blocks a stage.
  public var blocks: [Int]
  /// Channels of stem and of the first stage's bottleneck; each further stage doubles them.
  public var width: Int
  /// Number of classes.
  public var classes: Int

  /// A network by its hyperparameters.
  public init(origin: Origin, blocks: [Int], width: Int = 64, classes: Int = 1000) {
    self.origin = origin
    self.blocks = blocks
    self.width = width
    self.classes = classes
  }

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Both want numbers from −1 to 1; timm cuts closer, from pictures resized bicubically.
  public var input: InputSpecification {
    let half: [Float] = [0.5, 0.5, 0.5]
    return origin == .timm
      ? InputSpecification(
        size: inputSize, resize: 235, interpolation: .bicubic, mean: half, deviation: half)
      : InputSpecification(size: inputSize, mean: half, deviation: half)
  }

  /// The codebase.
  public var inputOwner: String { origin == .timm ? "timm's resnetv2_50" : "Keras' ResNet50V2" }

  /// Appends stem, stages and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    switch origin {
    case .timm: try buildTimm(&builder)
    case .keras: try buildKeras(&builder)
    }
  }

  private func buildTimm(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.convolution(
      "stem.conv", of: builder.input, channels: width, kernel: 7, stride: 2, padding: 3)
    var x = try builder.add("stem.pool", .maxPool(.init(kernel: 3, stride: 2, padding: 1)), of: stem)
    try builder.alias("stem", for: x)
    var stages = [(name: "stem.conv", node: stem)]
    for (stage, count) in blocks.enumerated() {
      let name = "stages.\(stage)"
      for index in 0..<count {
        let stride = stage > 0 && index == 0 ? 2 : 1
        x = try timmBlock(&builder, "\(name).blocks.\(index)", to: x, width: width << stage, stride: stride)
      }
      try builder.alias(name, for: x)
      stages.append((name: name, node: x))
    }
    x = try builder.batchNorm("norm.bn", of: x, tensors: "norm")
    x = try builder.add("norm", .relu, of: x)
    let pooled = try builder.add("head.global_pool", .globalAveragePool, of: x)
    let logits = try builder.linear("head.fc", of: pooled, width: classes, kernel: true)
    try builder.alias("head", for: logits)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  private func timmBlock(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID, width: Int, stride: Int
  ) throws(NetworkError) -> Graph.NodeID {
    var x = try builder.batchNorm("\(name).norm1.bn", of: input, tensors: "\(name).norm1")
    x = try builder.add("\(name).norm1", .relu, of: x)
    var shortcut = input
    if stride != 1 || builder.graph[input].shape[0] != 4 * width {
      shortcut = try builder.convolution(
        "\(name).downsample.conv", of: x, channels: 4 * width, kernel: 1, stride: stride)
      try builder.alias("\(name).downsample", for: shortcut)
    }
    x = try builder.convolution("\(name).conv1", of: x, channels: width, kernel: 1)
    x = try builder.batchNorm("\(name).norm2.bn", of: x, tensors: "\(name).norm2")
    x = try builder.add("\(name).norm2", .relu, of: x)
    x = try builder.convolution(
      "\(name).conv2", of: x, channels: width, kernel: 3, stride: stride, padding: 1)
    x = try builder.batchNorm("\(name).norm3.bn", of: x, tensors: "\(name).norm3")
    x = try builder.add("\(name).norm3", .relu, of: x)
    x = try builder.convolution("\(name).conv3", of: x, channels: 4 * width, kernel: 1)
    return try builder.add(name, .add, of: x, shortcut)
  }

  private func buildKeras(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let stem = try builder.kerasConvolution(
      "conv1_conv", of: builder.input, channels: width, kernel: 7, stride: 2, padding: 3, bias: true)
    var x = try builder.add("pool1_pad", .zeroPad(1), of: stem)
    x = try builder.add("pool1_pool", .maxPool(.init(kernel: 3, stride: 2)), of: x)
    var stages = [(name: "conv1_conv", node: stem)]
    for (stage, count) in blocks.enumerated() {
      for index in 1...count {
        let isLast = index == count && stage < blocks.count - 1
        x = try kerasBlock(
          &builder, "conv\(stage + 2)_block\(index)", to: x, width: width << stage, stride: isLast ? 2 : 1,
          projects: index == 1)
      }
      stages.append((name: "conv\(stage + 2)_block\(count)_out", node: x))
    }
    x = try builder.kerasNorm("post_bn", of: x)
    x = try builder.add("post_relu", .relu, of: x)
    let pooled = try builder.add("avg_pool", .globalAveragePool, of: x)
    let logits = try builder.kerasLinear("predictions", of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  private func kerasBlock(
    _ builder: inout GraphBuilder, _ name: String, to input: Graph.NodeID, width: Int, stride: Int,
    projects: Bool
  ) throws(NetworkError) -> Graph.NodeID {
    var x = try builder.kerasNorm("\(name)_preact_bn", of: input)
    x = try builder.add("\(name)_preact_relu", .relu, of: x)
    var shortcut = input
    if projects {
      shortcut = try builder.kerasConvolution(
        "\(name)_0_conv", of: x, channels: 4 * width, kernel: 1, stride: stride, bias: true)
    } else if stride > 1 {
      // A maximum over one position: every second row and column.
      shortcut = try builder.add(
        "\(name)_0_pool", .averagePool(.init(kernel: 1, stride: stride)), of: input)
    }
    x = try builder.kerasConvolution("\(name)_1_conv", of: x, channels: width, kernel: 1)
    x = try builder.kerasNorm("\(name)_1_bn", of: x)
    x = try builder.add("\(name)_1_relu", .relu, of: x)
    x = try builder.kerasConvolution(
      "\(name)_2_conv", of: x, channels: width, kernel: 3, stride: stride, padding: 1)
    x = try builder.kerasNorm("\(name)_2_bn", of: x)
    x = try builder.add("\(name)_2_relu", .relu, of: x)
    x = try builder.kerasConvolution("\(name)_3_conv", of: x, channels: 4 * width, kernel: 1, bias: true)
    return try builder.add("\(name)_out", .add, of: x, shortcut)
  }
}
