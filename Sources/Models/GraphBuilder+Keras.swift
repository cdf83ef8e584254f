import Checkpoints
import NeuralNetwork

/// Layers of Keras' checkpoints: kernels are height×width×in×out, matrices in×out, and names have a slash.
extension GraphBuilder {
  /// A convolution without padding of its own, or behind Keras' `ZeroPadding2D`.
  mutating func kerasConvolution(
    _ name: String, of input: Graph.NodeID, channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    bias: Bool = false
  ) throws(NetworkError) -> Graph.NodeID {
    let weight = weights.parameter("\(name)/kernel", [kernel, kernel, graph[input].shape[0], channels])
    let operation = Operation.Convolution(
      weight: weight.outputsFirst([2, 0, 1]),
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
      weight: weight.outputsFirst([0]), bias: weights.parameter("\(name)/bias", [width]))
    return try add(name, .linear(operation), of: input)
  }
}

extension Parameter {
  /// With its last extent first, as PyTorch has what a layer gives, and the others in the order of `others`: a copy,
  /// made when it is needed.
  func outputsFirst(_ others: [Int]) -> Parameter {
    let outputs = shape.last ?? 0
    let extents = [outputs] + others.map { shape[$0] }
    if isMissing { return Parameter(missing: name, shape: extents) }
    return Parameter(name: name, shape: extents) { [self] in rearranged(outputs: outputs, others) }
  }

  private func rearranged(outputs: Int, _ others: [Int]) -> Numbers {
    let (values, starts) = (values, starts(others))
    let memory = FloatMemory(count: values.count)
    // Squares of a cache line's length, so that no line is read or written for one number alone.
    let side = 16
    for first in stride(from: 0, to: starts.count, by: side) {
      let rows = first..<min(first + side, starts.count)
      for output in stride(from: 0, to: outputs, by: side) {
        for column in output..<min(output + side, outputs) {
          for row in rows { memory.values[column * starts.count + row] = values[starts[row] + column] }
        }
      }
    }
    return Numbers(UnsafeBufferPointer(memory.values), owner: memory)
  }

  /// Where the rows of numbers along the last extent start, counted through the other extents in an order.
  private func starts(_ others: [Int]) -> [Int] {
    var steps = shape
    var step = 1
    for axis in shape.indices.reversed() {
      steps[axis] = step
      step *= shape[axis]
    }
    return others.reduce([0]) { starts, axis in
      starts.flatMap { start in (0..<shape[axis]).map { start + $0 * steps[axis] } }
    }
  }

  /// Parameters one after another along their first extent.
  static func joined(_ name: String, _ parts: [Parameter]) -> Parameter {
    let shape = [parts.reduce(0) { $0 + ($1.shape.first ?? 0) }] + (parts.first?.shape.dropFirst() ?? [])
    guard !parts.contains(where: \.isMissing) else { return Parameter(missing: name, shape: Array(shape)) }
    return Parameter(name: name, shape: Array(shape)) {
      let memory = FloatMemory(count: parts.reduce(0) { $0 + $1.count })
      var end = 0
      for part in parts {
        end = memory.values[end...].update(fromContentsOf: part.values)
      }
      return Numbers(UnsafeBufferPointer(memory.values), owner: memory)
    }
  }
}
