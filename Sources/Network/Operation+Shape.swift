extension Operation {
  /// The shape of this operation's value, given its inputs' shapes. Throws ``NetworkError`` if they don't fit.
  func shape(of node: String, inputs: [[Int]]) throws(NetworkError) -> [Int] {
    func fail(_ reason: String) -> NetworkError { .shape(node: node, reason: reason) }
    let wanted = inputCount
    guard inputs.count == wanted else { throw fail("takes \(wanted) inputs, not \(inputs.count)") }
    guard let x = inputs.first else { throw fail("only the graph itself makes its input") }

    func map() throws(NetworkError) -> (c: Int, h: Int, w: Int) {
      guard x.count == 3 else { throw fail("needs a C×H×W map, not \(x)") }
      return (x[0], x[1], x[2])
    }
    func last() throws(NetworkError) -> Int {
      guard let extent = x.last else { throw fail("needs a vector or tokens") }
      return extent
    }
    func windowed(_ extent: Int, _ kernel: Int, _ stride: Int, _ padding: Int) throws(NetworkError) -> Int {
      guard kernel > 0, stride > 0, padding >= 0, extent + 2 * padding >= kernel else {
        throw fail(
          "window of \(kernel) with stride \(stride) and padding \(padding) doesn't fit an extent of \(extent)"
        )
      }
      return (extent + 2 * padding - kernel) / stride + 1
    }
    func expect(_ parameter: Parameter?, _ shape: [Int]) throws(NetworkError) {
      if let parameter, parameter.shape != shape {
        throw fail("\(parameter.name) is \(parameter.shape), but \(shape) is needed")
      }
    }

    switch self {
    case .input: throw fail("only the graph itself makes its input")
    case .convolution(let op):
      let (c, h, w) = try map()
      let weight = op.weight.shape
      guard weight.count == 4, op.groups > 0, weight[1] * op.groups == c, weight[0] % op.groups == 0 else {
        throw fail("\(op.weight.name) is \(weight), which doesn't fit \(c) channels in \(op.groups) groups")
      }
      try expect(op.bias, [weight[0]])
      return [
        weight[0], try windowed(h, weight[2], op.stride, op.padding),
        try windowed(w, weight[3], op.stride, op.padding),
      ]
    case .batchNorm(let op):
      let (c, _, _) = try map()
      for parameter in [op.scale, op.shift, op.mean, op.variance] { try expect(parameter, [c]) }
      return x
    case .relu, .gelu: return x
    case .maxPool(let op), .averagePool(let op):
      let (c, h, w) = try map()
      return [
        c, try windowed(h, op.kernel, op.stride, op.padding),
        try windowed(w, op.kernel, op.stride, op.padding),
      ]
    case .globalAveragePool: return [try map().c]
    case .add:
      guard inputs[1] == x else { throw fail("can't add \(inputs[1]) to \(x)") }
      return x
    case .linear(let op):
      let width = try last()
      guard op.weight.shape.count == 2, op.weight.shape[1] == width else {
        throw fail("\(op.weight.name) is \(op.weight.shape), which doesn't fit \(width) inputs")
      }
      try expect(op.bias, [op.weight.shape[0]])
      return Array(x.dropLast()) + [op.weight.shape[0]]
    case .layerNorm(let op):
      let width = try last()
      try expect(op.scale, [width])
      try expect(op.shift, [width])
      return x
    case .tokens(let op):
      let (c, h, w) = try map()
      guard op.classToken.shape.reduce(1, *) == c else {
        throw fail("\(op.classToken.name) doesn't hold \(c) numbers")
      }
      guard op.positionEmbedding.shape.reduce(1, *) == (1 + h * w) * c else {
        throw fail(
          "\(op.positionEmbedding.name) is \(op.positionEmbedding.shape), but \(1 + h * w) tokens of \(c) are needed"
        )
      }
      return [1 + h * w, c]
    case .selfAttention(let heads):
      guard x.count == 2, heads > 0, x[1] % (3 * heads) == 0 else {
        throw fail("tokens of \(x) can't be split into query, key and value of \(heads) heads")
      }
      return [x[0], x[1] / 3]
    case .selectToken(let index):
      guard x.count == 2, x.indices.contains(0), (0..<x[0]).contains(index) else {
        throw fail("\(x) has no token \(index)")
      }
      return [x[1]]
    }
  }

  private var inputCount: Int {
    switch self {
    case .input: 0
    case .add: 2
    default: 1
    }
  }
}
