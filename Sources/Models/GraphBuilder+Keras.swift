import Network

/// Layers of Keras' checkpoints: kernels are height×width×in×out, matrices in×out, and names have a slash.
extension GraphBuilder {
  /// A convolution without padding of its own, or behind Keras' `ZeroPadding2D`.
  mutating func kerasConvolution(
    _ name: String, of input: Graph.NodeID, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    bias: Bool = false
  ) throws(NetworkError) -> Graph.NodeID {
    let weight = weights.parameter("\(name)/kernel", [kernel, kernel, graph[input].shape[0], channels])
    let operation = Operation.Convolution(
      weight: weight.transposed([3, 2, 0, 1]),
      bias: bias ? weights.parameter("\(name)/bias", [channels]) : nil,
      stride: stride, padding: .init(padding))
    return try add(name, .convolution(operation), of: input)
  }

  /// A batch normalization with the ε of Keras' residual networks.
  mutating func kerasNorm(_ name: String, of input: Graph.NodeID) throws(NetworkError) -> Graph.NodeID {
    let shape = [graph[input].shape[0]]
    let operation = Operation.BatchNorm(
      scale: weights.parameter("\(name)/gamma", shape), shift: weights.parameter("\(name)/beta", shape),
      mean: weights.parameter("\(name)/moving_mean", shape),
      variance: weights.parameter("\(name)/moving_variance", shape), epsilon: 1.001e-5)
    return try add(name, .batchNorm(operation), of: input)
  }

  /// A dense layer.
  mutating func kerasLinear(
    _ name: String, of input: Graph.NodeID, width: Int
  ) throws(NetworkError) -> Graph.NodeID {
    let weight = weights.parameter("\(name)/kernel", [graph[input].shape[0], width])
    let operation = Operation.Linear(
      weight: weight.transposed([1, 0]), bias: weights.parameter("\(name)/bias", [width]))
    return try add(name, .linear(operation), of: input)
  }
}

extension Parameter {
  /// A copy with its extents in another order: extent i is this one's extent `order[i]`.
  func transposed(_ order: [Int]) -> Parameter {
    let extents = order.map { shape[$0] }
    // Without numbers it stands for one that is missing.
    guard !values.isEmpty else { return Parameter(name: name, shape: extents, copying: []) }
    var strides = shape
    var step = 1
    for axis in shape.indices.reversed() {
      strides[axis] = step
      step *= shape[axis]
    }
    let steps = order.map { strides[$0] }
    let numbers = [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
      var place = [Int](repeating: 0, count: extents.count)
      var from = 0
      for index in 0..<values.count {
        buffer[index] = values[from]
        // Counts on, as an odometer does.
        for axis in extents.indices.reversed() {
          place[axis] += 1
          from += steps[axis]
          if place[axis] < extents[axis] { break }
          from -= steps[axis] * extents[axis]
          place[axis] = 0
        }
      }
      count = values.count
    }
    return Parameter(name: name, shape: extents, copying: numbers)
  }

  /// Parameters one after another along their first extent.
  static func joined(_ name: String, _ parts: [Parameter]) -> Parameter {
    let shape = [parts.reduce(0) { $0 + ($1.shape.first ?? 0) }] + (parts.first?.shape.dropFirst() ?? [])
    guard parts.allSatisfy({ !$0.values.isEmpty }) else {
      return Parameter(name: name, shape: Array(shape), copying: [])
    }
    return Parameter(name: name, shape: Array(shape), copying: parts.flatMap { Array($0.values) })
  }
}
