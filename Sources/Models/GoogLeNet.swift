public import NeuralNetwork

/// GoogLeNet, also called Inception v1 (Szegedy et al. 2015, arXiv 1409.4842), the variant of torchvision: with batch
/// normalization, and 3×3 where the paper has 5×5. Nodes are named by torchvision's modules.
public struct GoogLeNet: Architecture {
  /// A module's channels, in the order of the paper's table 1.
  public struct Module: Sendable, Equatable {
    /// The module's name: "3a".
    public var name: String
    /// 1×1; 3×3 reduced and 3×3; 5×5 reduced and 5×5; after pooling.
    public var channels: [Int]
  }

  /// Channels of the three first convolutions.
  public var stem: [Int]
  /// The modules; a maximum stands after 3b and 4e.
  public var modules: [Module]
  /// Whether pictures come normalized as torchvision does and are to be as TensorFlow did (`transform_input`).
  public var transformsInput = true
  /// Number of classes.
  public var classes: Int

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Appends stem, modules and head.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    let pooling = Operation.maxPool(.init(kernel: 3, stride: 2, includesPartial: true))
    var x = transformsInput ? try builder.tensorFlowInput() : builder.input
    x = try builder.inceptionLayer(
      "conv1", of: x, channels: stem[0], window: (7, 7), stride: 2, padding: 3)
    var stages = [(name: "conv1", node: x)]
    x = try builder.add("maxpool1", pooling, of: x)
    x = try builder.inceptionLayer("conv2", of: x, channels: stem[1])
    x = try builder.inceptionLayer("conv3", of: x, channels: stem[2], window: (3, 3), padding: 1)
    stages.append((name: "conv3", node: x))
    x = try builder.add("maxpool2", pooling, of: x)
    for module in modules {
      x = try append(&builder, module, to: x)
      switch module.name {
      case "3b":
        stages.append((name: "inception3b", node: x))
        x = try builder.add("maxpool3", pooling, of: x)
      case "4e":
        stages.append((name: "inception4e", node: x))
        x = try builder.add("maxpool4", .maxPool(.init(kernel: 2, stride: 2, includesPartial: true)), of: x)
      default: break
      }
    }
    stages.append((name: "inception5b", node: x))
    let pooled = try builder.add("avgpool", .globalAveragePool, of: x)
    let logits = try builder.linear("fc", of: pooled, width: classes)
    return Landmarks(logits: logits, penultimate: pooled, penultimateMap: x, stages: stages)
  }

  private func append(
    _ builder: inout GraphBuilder, _ module: Module, to input: Graph.NodeID
  ) throws(NetworkError) -> Graph.NodeID {
    let (name, c) = ("inception\(module.name)", module.channels)
    let first = try builder.inceptionLayer("\(name).branch1", of: input, channels: c[0])
    var second = try builder.inceptionLayer("\(name).branch2.0", of: input, channels: c[1])
    second = try builder.inceptionLayer(
      "\(name).branch2.1", of: second, channels: c[2], window: (3, 3), padding: 1)
    var third = try builder.inceptionLayer("\(name).branch3.0", of: input, channels: c[3])
    third = try builder.inceptionLayer(
      "\(name).branch3.1", of: third, channels: c[4], window: (3, 3), padding: 1)
    var fourth = try builder.add(
      "\(name).branch4.0", .maxPool(.init(kernel: 3, stride: 1, padding: 1, includesPartial: true)), of: input
    )
    fourth = try builder.inceptionLayer("\(name).branch4.1", of: fourth, channels: c[5])
    return try builder.concatenate(name, [first, second, third, fourth])
  }
}
