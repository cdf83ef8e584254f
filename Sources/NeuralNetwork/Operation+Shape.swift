extension Operation {
  /// The shape of this operation's value, given its inputs' shapes. Throws ``NetworkError`` if they don't fit.
  func shape(of node: String, inputs: [[Int]]) throws(NetworkError) -> [Int] {
    func fail(_ reason: String) -> NetworkError { .shape(node: node, reason: reason) }
    if let wanted = inputCount, inputs.count != wanted {
      throw fail("takes \(wanted) inputs, not \(inputs.count)")
    }
    guard let x = inputs.first else { throw fail("only the graph itself makes its input") }

    func map() throws(NetworkError) -> (c: Int, h: Int, w: Int) {
      guard x.count == 3 else { throw fail("needs a C×H×W map, not \(x)") }
      return (x[0], x[1], x[2])
    }
    func last() throws(NetworkError) -> Int {
      guard let extent = x.last else { throw fail("needs a vector or tokens") }
      return extent
    }
    func windowed(
      _ extent: Int, _ kernel: Int, _ stride: Int, _ before: Int, _ after: Int, partial: Bool = false
    ) throws(NetworkError) -> Int {
      guard kernel > 0, stride > 0, min(before, after) >= 0, extent + before + after >= kernel else {
        let padding = before == after ? "\(before)" : "\(before) and \(after)"
        throw fail(
          "window of \(kernel) with stride \(stride) and padding \(padding) doesn't fit an extent of \(extent)"
        )
      }
      let free = extent + before + after - kernel
      guard partial, free % stride != 0 else { return free / stride + 1 }
      let count = free / stride + 2
      return (count - 1) * stride >= extent + before ? count - 1 : count
    }
    func pooled(_ op: Pooling) throws(NetworkError) -> [Int] {
      let (c, h, w) = try map()
      func count(_ extent: Int) throws(NetworkError) -> Int {
        try windowed(
          extent, op.kernel, op.stride, op.padding, op.padding, partial: op.includesPartial)
      }
      return [c, try count(h), try count(w)]
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
      guard op.dilation > 0, min(weight[2], weight[3]) > 0 else {
        throw fail("a window of \(weight[2])×\(weight[3]) with dilation \(op.dilation) is none")
      }
      try expect(op.bias, [weight[0]])
      let (height, width) = op.reach
      return [
        weight[0], try windowed(h, height, op.stride, op.padding.top, op.padding.bottom),
        try windowed(w, width, op.stride, op.padding.left, op.padding.right),
      ]
    case .batchNorm(let op):
      let (c, _, _) = try map()
      for parameter in [op.scale, op.shift, op.mean, op.variance] { try expect(parameter, [c]) }
      return x
    case .relu, .gelu, .activation: return x
    case .unitLength:
      guard x.count < 3, try last() > 0 else { throw fail("needs a vector or tokens, not \(x)") }
      return x
    case .maxPool(let op): return try pooled(op)
    case .averagePool(let op):
      guard !(op.includesPartial && op.countsPadding && op.padding > 0) else {
        throw fail("a mean that counts padding can't also take partial windows; pad with zeros before it")
      }
      return try pooled(op)
    case .globalAveragePool: return [try map().c]
    case .gridAveragePool(let rows, let columns):
      guard rows > 0, columns > 0 else { throw fail("a grid of \(rows)×\(columns) has no cells") }
      return [try map().c, rows, columns]
    case .zeroPad(let padding):
      let (c, h, w) = try map()
      guard padding.isPossible else { throw fail("padding can't be negative") }
      return [c, h + padding.top + padding.bottom, w + padding.left + padding.right]
    case .padChannels(let before, let after):
      let (c, h, w) = try map()
      guard before >= 0, after >= 0 else { throw fail("padding can't be negative") }
      return [before + c + after, h, w]
    case .concatenate:
      let (_, h, w) = try map()
      guard inputs.allSatisfy({ $0.count == 3 && $0[1] == h && $0[2] == w }) else {
        throw fail("can't put \(inputs) side by side: maps of one size are needed")
      }
      return [inputs.reduce(0) { $0 + $1[0] }, h, w]
    case .scale(let op):
      let count = x.count == 3 ? x[0] : try last()
      for parameter in [op.scale, op.shift] {
        guard (parameter?.shape.reduce(1, *) ?? count) == count else {
          throw fail("\(parameter?.name ?? "") is \(parameter?.shape ?? []), but \(count) numbers are needed")
        }
      }
      return x
    case .gate:
      guard inputs[1] == [try map().c] else {
        throw fail("can't multiply the channels of \(x) by \(inputs[1])")
      }
      return x
    case .add:
      guard inputs[1] == x else { throw fail("can't add \(inputs[1]) to \(x)") }
      return x
    case .linear(let op):
      let width = try last()
      // A 1×1 kernel is a matrix too.
      guard op.weight.shape.count >= 2, op.weight.shape[1] == width,
        op.weight.shape.dropFirst(2).allSatisfy({ $0 == 1 })
      else {
        throw fail("\(op.weight.name) is \(op.weight.shape), which doesn't fit \(width) inputs")
      }
      try expect(op.bias, [op.weight.shape[0]])
      return Array(x.dropLast()) + [op.weight.shape[0]]
    case .layerNorm(let op):
      let width = try last()
      try expect(op.scale, [width])
      try expect(op.shift, [width])
      return x
    case .channelNorm(let op):
      let (c, _, _) = try map()
      try expect(op.scale, [c])
      try expect(op.shift, [c])
      return x
    case .tokens(let op):
      let (c, h, w) = try map()
      if let token = op.classToken, c == 0 || token.shape.reduce(1, *) % c != 0 {
        throw fail("\(token.name) doesn't hold \(c) numbers a token")
      }
      let count = h * w + (op.classToken.map { $0.shape.reduce(1, *) / c } ?? 0)
      guard op.positionEmbedding.shape.reduce(1, *) == count * c else {
        throw fail(
          "\(op.positionEmbedding.name) is \(op.positionEmbedding.shape), but \(count) tokens of \(c) are needed"
        )
      }
      return [count, c]
    case .rows:
      let (c, h, w) = try map()
      return [h * w, c]
    case .map(let height, let width):
      guard x.count == 2, height > 0, width > 0, x[0] == height * width else {
        throw fail("\(x) isn't a map of \(height)×\(width) positions")
      }
      return [x[1], height, width]
    case .selfAttention(let heads, _):
      guard x.count == 2, heads > 0, x[1] % (3 * heads) == 0 else {
        throw fail("tokens of \(x) can't be split into query, key and value of \(heads) heads")
      }
      return [x[0], x[1] / 3]
    case .tokenAttention(let heads, let token, _):
      let tokens = try Operation.selfAttention(heads: heads).shape(of: node, inputs: inputs)
      return try Operation.selectToken(token).shape(of: node, inputs: [tokens])
    case .selectToken(let index):
      guard x.count == 2, x.indices.contains(0), (0..<x[0]).contains(index) else {
        throw fail("\(x) has no token \(index)")
      }
      return [x[1]]
    case .tokenMean(let first):
      guard x.count == 2, first >= 0, first < x[0] else { throw fail("\(x) has no tokens from \(first) on") }
      return [x[1]]
    case .flatten: return [x.reduce(1, *)]
    }
  }

  /// How many inputs it takes; `nil` for any number.
  private var inputCount: Int? {
    switch self {
    case .input: 0
    case .add, .gate: 2
    case .concatenate: nil
    default: 1
    }
  }
}

extension Operation.Convolution {
  /// How many rows and columns of the map a window spans.
  var reach: (height: Int, width: Int) {
    ((weight.shape[2] - 1) * dilation + 1, (weight.shape[3] - 1) * dilation + 1)
  }
}
