import NeuralNetwork

/// What GoogLeNet and Inception v3 are made of.
extension GraphBuilder {
  /// Convolution, batch normalization (ε = 0.001) and ReLU: torchvision's `BasicConv2d`, the parts `conv` and `bn`.
  mutating func inceptionLayer(
    _ name: String, of input: Graph.NodeID, channels: Int, window: (Int, Int) = (1, 1), stride: Int = 1,
    padding: Operation.Padding = 0
  ) throws(NetworkError) -> Graph.NodeID {
    var x = try convolution(
      "\(name).conv", of: input, channels: channels, window: (window.0, window.1), stride: stride,
      padding: padding)
    x = try batchNorm("\(name).bn", of: x, epsilon: 0.001)
    return try add(name, .relu, of: x)
  }

  /// The input as networks from the TensorFlow era want it, if it was normalized as torchvision does: torchvision's
  /// `transform_input`. From (p − mean)/deviation of ImageNet to (p − 0.5)/0.5.
  mutating func tensorFlowInput() throws(NetworkError) -> Graph.NodeID {
    let (mean, deviation): ([Float], [Float]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    let scale = Parameter(name: "", shape: [3], copying: deviation.map { $0 / 0.5 })
    let shift = Parameter(name: "", shape: [3], copying: mean.map { ($0 - 0.5) / 0.5 })
    return try add("transform_input", .scale(.init(scale: scale, shift: shift)), of: input)
  }
}
