public import NeuralNetwork

/// The networks of Simonyan & Zisserman 2015 (arXiv 1409.1556), the variant of torchvision, with batch normalization
/// or without: rows of 3×3 convolutions with a maximum after each, and three linear layers. Nodes are named by
/// torchvision's modules.
public struct VGG: Architecture {
  /// Channels of the convolutions, in groups that each end in pooling.
  public var groups: [[Int]]
  /// Whether a batch normalization follows each convolution.
  public var hasBatchNorm = false
  /// Width of the two hidden linear layers.
  public var hidden = 4096
  /// Number of classes.
  public var classes = 1000

  /// A network by its hyperparameters.
  public init(groups: [[Int]], hasBatchNorm: Bool = false, hidden: Int = 4096, classes: Int = 1000) {
    self.groups = groups
    self.hasBatchNorm = hasBatchNorm
    self.hidden = hidden
    self.classes = classes
  }

  /// Side of ImageNet's crops: the weights don't tell.
  public var inputSize: Int { 224 }

  /// Appends the convolutions and the linear layers.
  public func build(_ builder: inout GraphBuilder) throws(NetworkError) -> Landmarks {
    var x = builder.input
    var index = 0
    var stages: [(name: String, node: Graph.NodeID)] = []
    func next() -> String {
      defer { index += 1 }
      return "features.\(index)"
    }
    for channels in groups {
      var last = x
      var name = ""
      for count in channels {
        x = try builder.convolution(next(), of: x, channels: count, kernel: 3, padding: 1, bias: true)
        if stages.isEmpty { stages.append((name: "features.0", node: x)) }
        if hasBatchNorm { x = try builder.batchNorm(next(), of: x) }
        name = next()
        x = try builder.add(name, .relu, of: x)
        last = x
      }
      stages.append((name: name, node: last))
      x = try builder.add(next(), .maxPool(.init(kernel: 2, stride: 2)), of: x)
    }
    try builder.alias("features", for: x)
    x = try builder.add("avgpool", .gridAveragePool(rows: 7, columns: 7), of: x)
    x = try builder.add("flatten", .flatten, of: x)
    x = try builder.linear("classifier.0", of: x, width: hidden)
    x = try builder.add("classifier.1", .relu, of: x)
    x = try builder.linear("classifier.3", of: x, width: hidden)
    x = try builder.add("classifier.4", .relu, of: x)
    let logits = try builder.linear("classifier.6", of: x, width: classes)
    // Stem and the last four groups, as many as the networks have that VITAL was made for.
    return Landmarks(
      logits: logits, penultimate: x, penultimateMap: nil,
      stages: [stages[0]] + stages.dropFirst().suffix(4))
  }
}
