import CKernels

/// A convolution's weights and bias as its kernel uses them, O×(C/groups)×kH×kW.
struct ConvolutionWeights {
  var values: [Float]
  var bias: [Float]?
  let shape: [Int]

  init(_ operation: Operation.Convolution) {
    values = Array(operation.weight.values)
    bias = operation.bias.map { Array($0.values) }
    shape = operation.weight.shape
  }

  /// Scales and shifts the results by a batch normalization that follows.
  mutating func fold(_ norm: Operation.BatchNorm) {
    let (scale, shift) = norm.affine
    let size = values.count / scale.count
    for channel in scale.indices {
      for index in channel * size..<(channel + 1) * size { values[index] *= scale[channel] }
    }
    let former = bias ?? [Float](repeating: 0, count: scale.count)
    bias = shift.indices.map { shift[$0] + former[$0] * scale[$0] }
  }

  /// Rounds the weights to bfloat16.
  mutating func round() { vitrine_round_halves(Int64(values.count), &values) }

  /// The weights of the convolution that computes the gradient of this one's input, if its stride is 1: inputs
  /// and outputs exchanged, the window turned by half a turn.
  func transposed(groups: Int) -> [Float] {
    let (outputs, inputs, height, width) = (shape[0] / groups, shape[1], shape[2], shape[3])
    var result = [Float](repeating: 0, count: values.count)
    for group in 0..<groups {
      for o in 0..<outputs {
        for i in 0..<inputs {
          let from = ((group * outputs + o) * inputs + i) * height * width
          let to = ((group * inputs + i) * outputs + o) * height * width
          for k in 0..<height * width { result[to + height * width - 1 - k] = values[from + k] }
        }
      }
    }
    return result
  }
}

extension Operation.BatchNorm {
  /// The same as scale·x + shift by channel.
  var affine: (scale: [Float], shift: [Float]) {
    let factors = zip(scale.values, variance.values).map { $0 / ($1 + epsilon).squareRoot() }
    let offsets = shift.values.indices.map { shift.values[$0] - mean.values[$0] * factors[$0] }
    return (factors, offsets)
  }
}
