import Foundation

@testable import NeuralNetwork

/// The slow, obviously right network: each operation as its definition, one picture at a time, in double
/// precision, and its derivative written the same way.
struct Reference {
  let graph: Graph
  /// Each node's value for one picture.
  private(set) var values: [[Double]]

  /// Evaluates all nodes.
  init(_ graph: Graph, input: [Double]) {
    self.graph = graph
    values = [input]
    for node in graph.nodes.dropFirst() {
      values.append(
        Self.evaluate(node, node.inputs.map { values[$0.index] }, node.inputs.map { graph[$0].shape }))
    }
  }

  /// dL/d(input) when dL/d(tap) is given for some nodes.
  func inputGradient(seeds: [Graph.NodeID: [Double]]) -> [Double] {
    var gradients = values.map { [Double](repeating: 0, count: $0.count) }
    for (id, seed) in seeds { for i in seed.indices { gradients[id.index][i] += seed[i] } }
    for index in graph.nodes.indices.reversed() where index > 0 {
      let node = graph.nodes[index]
      let parts = Self.pullback(
        node, node.inputs.map { values[$0.index] }, node.inputs.map { graph[$0].shape }, gradients[index])
      for (input, part) in zip(node.inputs, parts) {
        for i in part.indices { gradients[input.index][i] += part[i] }
      }
    }
    return gradients[0]
  }

  private static func evaluate(_ node: Graph.Node, _ inputs: [[Double]], _ shapes: [[Int]]) -> [Double] {
    let (x, shape) = (inputs[0], shapes[0])
    switch node.operation {
    case .input: return x
    case .convolution(let op):
      var y = [Double](repeating: 0, count: node.shape.reduce(1, *))
      overWindows(op, shape, node.shape) { y[$0] += x[$1] * Double(op.weight.values[$2]) }
      if let bias = op.bias {
        let size = node.shape[1] * node.shape[2]
        for i in y.indices { y[i] += Double(bias.values[i / size]) }
      }
      return y
    case .batchNorm(let op):
      let size = shape[1] * shape[2]
      return x.indices.map { i in
        let c = i / size
        return Double(op.scale.values[c]) * (x[i] - Double(op.mean.values[c]))
          / (Double(op.variance.values[c]) + Double(op.epsilon)).squareRoot() + Double(op.shift.values[c])
      }
    case .relu: return x.map { max($0, 0) }
    case .gelu: return x.map { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }
    case .activation(let function): return x.map { function.value($0) }
    case .maxPool(let op):
      return winners(op, x, shape, node.shape).map { x[$0] }
    case .averagePool(let op):
      var y = [Double](repeating: 0, count: node.shape.reduce(1, *))
      let shares = shares(op, shape, node.shape)
      overPool(op, shape, node.shape) { y[$0] += x[$1] * shares[$0] }
      return y
    case .gridAveragePool:
      var y = [Double](repeating: 0, count: node.shape.reduce(1, *))
      overGrid(shape, node.shape) { y[$0] += x[$1] * $2 }
      return y
    case .zeroPad, .padChannels, .concatenate, .rows, .map, .flatten:
      var y = [Double](repeating: 0, count: node.shape.reduce(1, *))
      overMoves(node, shapes) { y[$2] = inputs[$0][$1] }
      return y
    case .scale(let op):
      return x.indices.map { i in
        let c = channel(of: i, in: shape)
        return x[i] * Double(op.scale.values[c]) + Double(op.shift?.values[c] ?? 0)
      }
    case .gate: return x.indices.map { x[$0] * inputs[1][channel(of: $0, in: shape)] }
    case .channelNorm(let op):
      var y = x
      overPositions(of: shape) { places in
        let (normal, _) = normalized(places.map { x[$0] }, Double(op.epsilon))
        for (c, place) in places.enumerated() {
          y[place] = normal[c] * Double(op.scale.values[c]) + Double(op.shift.values[c])
        }
      }
      return y
    case .tokenMean(let first):
      let count = Double(shape[0] - first)
      return (0..<shape[1]).map { d in (first..<shape[0]).reduce(0) { $0 + x[$1 * shape[1] + d] } / count }
    case .globalAveragePool:
      let size = shape[1] * shape[2]
      return (0..<shape[0]).map { c in x[c * size..<(c + 1) * size].reduce(0, +) / Double(size) }
    case .add: return zip(x, inputs[1]).map(+)
    case .linear(let op):
      let (outputs, width) = (op.weight.shape[0], op.weight.shape[1])
      return (0..<x.count / width).flatMap { row in
        (0..<outputs).map { o in
          (0..<width).reduce(Double(op.bias?.values[o] ?? 0)) {
            $0 + x[row * width + $1] * Double(op.weight.values[o * width + $1])
          }
        }
      }
    case .layerNorm(let op):
      let width = op.scale.values.count
      return (0..<x.count / width).flatMap { row -> [Double] in
        let (normal, _) = normalized(Array(x[row * width..<(row + 1) * width]), Double(op.epsilon))
        return (0..<width).map { normal[$0] * Double(op.scale.values[$0]) + Double(op.shift.values[$0]) }
      }
    case .tokens(let op):
      let (c, size) = (shape[0], shape[1] * shape[2])
      let before = (op.classToken?.values.count ?? 0) / c
      return (0..<before + size).flatMap { t in
        (0..<c).map { i in
          Double(op.positionEmbedding.values[t * c + i])
            + (t < before ? Double(op.classToken?.values[t * c + i] ?? 0) : x[i * size + t - before])
        }
      }
    case .selfAttention(let heads, let causal):
      let (tokens, width) = (shape[0], shape[1] / 3)
      var y = [Double](repeating: 0, count: tokens * width)
      for head in 0..<heads {
        let a = Attention(x, tokens: tokens, width: width, heads: heads, head: head, causal: causal)
        for t in 0..<tokens {
          for d in 0..<a.depth {
            y[t * width + head * a.depth + d] = (0..<tokens).reduce(0) {
              $0 + a.weights[t][$1] * a.value($1, d)
            }
          }
        }
      }
      return y
    case .tokenAttention(_, let t, _):
      let (all, width) = (evaluate(node.attendingAll, inputs, shapes), shape[1] / 3)
      return Array(all[t * width..<(t + 1) * width])
    case .unitLength:
      let width = node.shape.last ?? 1
      return (0..<x.count / width).flatMap { row -> [Double] in
        let numbers = x[row * width..<(row + 1) * width]
        let length = max(numbers.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
        return numbers.map { $0 / length }
      }
    case .selectToken(let t): return Array(x[t * shape[1]..<(t + 1) * shape[1]])
    }
  }

  private static func pullback(
    _ node: Graph.Node, _ inputs: [[Double]], _ shapes: [[Int]], _ g: [Double]
  ) -> [[Double]] {
    let (x, shape) = (inputs[0], shapes[0])
    var result = [Double](repeating: 0, count: x.count)
    switch node.operation {
    case .input: return []
    case .convolution(let op):
      overWindows(op, shape, node.shape) { result[$1] += g[$0] * Double(op.weight.values[$2]) }
    case .batchNorm(let op):
      let size = shape[1] * shape[2]
      for i in g.indices {
        let c = i / size
        result[i] =
          g[i] * Double(op.scale.values[c])
          / (Double(op.variance.values[c]) + Double(op.epsilon)).squareRoot()
      }
    case .relu: result = g.indices.map { x[$0] > 0 ? g[$0] : 0 }
    case .gelu:
      result = g.indices.map { i in
        let density = exp(-x[i] * x[i] / 2) / (2 * Double.pi).squareRoot()
        return g[i] * (0.5 * erfc(-x[i] / 2.0.squareRoot()) + x[i] * density)
      }
    case .maxPool(let op):
      for (o, i) in winners(op, x, shape, node.shape).enumerated() { result[i] += g[o] }
    case .averagePool(let op):
      let shares = shares(op, shape, node.shape)
      overPool(op, shape, node.shape) { result[$1] += g[$0] * shares[$0] }
    case .activation(let function): result = g.indices.map { g[$0] * function.slope(x[$0]) }
    case .gridAveragePool: overGrid(shape, node.shape) { result[$1] += g[$0] * $2 }
    case .zeroPad, .padChannels, .concatenate, .rows, .map, .flatten:
      var parts = inputs.map { [Double](repeating: 0, count: $0.count) }
      overMoves(node, shapes) { parts[$0][$1] += g[$2] }
      return parts
    case .scale(let op):
      result = g.indices.map { g[$0] * Double(op.scale.values[channel(of: $0, in: shape)]) }
    case .gate:
      var factors = [Double](repeating: 0, count: shape[0])
      for i in g.indices { factors[channel(of: i, in: shape)] += g[i] * x[i] }
      return [g.indices.map { g[$0] * inputs[1][channel(of: $0, in: shape)] }, factors]
    case .channelNorm(let op):
      overPositions(of: shape) { places in
        let (normal, deviation) = normalized(places.map { x[$0] }, Double(op.epsilon))
        let given = places.enumerated().map { g[$1] * Double(op.scale.values[$0]) }
        let mean = given.reduce(0, +) / Double(given.count)
        let slope = zip(given, normal).map(*).reduce(0, +) / Double(given.count)
        for (c, place) in places.enumerated() {
          result[place] = (given[c] - mean - normal[c] * slope) / deviation
        }
      }
    case .tokenMean(let first):
      for t in first..<shape[0] {
        for d in 0..<shape[1] { result[t * shape[1] + d] = g[d] / Double(shape[0] - first) }
      }
    case .globalAveragePool:
      let size = shape[1] * shape[2]
      result = x.indices.map { g[$0 / size] / Double(size) }
    case .add: return [g, g]
    case .linear(let op):
      let (outputs, width) = (op.weight.shape[0], op.weight.shape[1])
      for row in 0..<x.count / width {
        for o in 0..<outputs {
          for i in 0..<width {
            result[row * width + i] += g[row * outputs + o] * Double(op.weight.values[o * width + i])
          }
        }
      }
    case .layerNorm(let op):
      let width = op.scale.values.count
      for row in 0..<x.count / width {
        let (normal, deviation) = normalized(Array(x[row * width..<(row + 1) * width]), Double(op.epsilon))
        let given = (0..<width).map { g[row * width + $0] * Double(op.scale.values[$0]) }
        let mean = given.reduce(0, +) / Double(width)
        let slope = zip(given, normal).map(*).reduce(0, +) / Double(width)
        for i in 0..<width { result[row * width + i] = (given[i] - mean - normal[i] * slope) / deviation }
      }
    case .tokens(let op):
      let (c, size) = (shape[0], shape[1] * shape[2])
      let before = (op.classToken?.values.count ?? 0) / c
      for i in 0..<c { for p in 0..<size { result[i * size + p] = g[(before + p) * c + i] } }
    case .selfAttention(let heads, let causal):
      let (tokens, width) = (shape[0], shape[1] / 3)
      for head in 0..<heads {
        let a = Attention(x, tokens: tokens, width: width, heads: heads, head: head, causal: causal)
        func given(_ t: Int, _ d: Int) -> Double { g[t * width + head * a.depth + d] }
        for t in 0..<tokens {
          let change = (0..<tokens).map { s in (0..<a.depth).reduce(0) { $0 + given(t, $1) * a.value(s, $1) }
          }
          let mean = zip(change, a.weights[t]).map(*).reduce(0, +)
          for s in 0..<tokens {
            let score = a.weights[t][s] * (change[s] - mean) / Double(a.depth).squareRoot()
            for d in 0..<a.depth {
              result[a.at(0, t, d)] += score * a.key(s, d)
              result[a.at(1, s, d)] += score * a.query(t, d)
              result[a.at(2, s, d)] += a.weights[t][s] * given(t, d)
            }
          }
        }
      }
    case .tokenAttention(_, let t, _):
      let width = shape[1] / 3
      var given = [Double](repeating: 0, count: shape[0] * width)
      given.replaceSubrange(t * width..<(t + 1) * width, with: g)
      return pullback(node.attendingAll, inputs, shapes, given)
    case .unitLength:
      // The part of the gradient that points along x changes its length alone, which is lost.
      let width = node.shape.last ?? 1
      for row in 0..<x.count / width {
        let places = row * width..<(row + 1) * width
        let square = places.reduce(0) { $0 + x[$1] * x[$1] }
        let along = places.reduce(0) { $0 + x[$1] * g[$1] } / square
        for i in places { result[i] = (g[i] - x[i] * along) / square.squareRoot() }
      }
    case .selectToken(let t):
      for i in g.indices { result[t * shape[1] + i] = g[i] }
    }
    return [result]
  }

  /// Calls `body(output, input, weight)` with the indices of every product of a convolution.
  private static func overWindows(
    _ op: NeuralNetwork.Operation.Convolution, _ from: [Int], _ to: [Int], _ body: (Int, Int, Int) -> Void
  ) {
    let window = op.weight.shape
    let outputs = to[0] / op.groups
    for o in 0..<to[0] {
      for i in 0..<window[1] {
        let channel = o / outputs * window[1] + i
        overPositions(from, to, window[2], window[3], op.stride, op.padding, op.dilation) { y, x, ky, kx in
          body(
            o * to[1] * to[2] + y, channel * from[1] * from[2] + x,
            ((o * window[1] + i) * window[2] + ky) * window[3] + kx)
        }
      }
    }
  }

  /// Calls `body(output, input)` for every pair of a pooling.
  private static func overPool(
    _ op: NeuralNetwork.Operation.Pooling, _ from: [Int], _ to: [Int], _ body: (Int, Int) -> Void
  ) {
    for c in 0..<to[0] {
      overPositions(from, to, op.kernel, op.kernel, op.stride, .init(op.padding)) { y, x, _, _ in
        body(c * to[1] * to[2] + y, c * from[1] * from[2] + x)
      }
    }
  }

  private static func overPositions(
    _ from: [Int], _ to: [Int], _ height: Int, _ width: Int, _ stride: Int,
    _ padding: NeuralNetwork.Operation.Padding, _ dilation: Int = 1, _ body: (Int, Int, Int, Int) -> Void
  ) {
    for y in 0..<to[1] {
      for x in 0..<to[2] {
        for ky in 0..<height {
          for kx in 0..<width {
            let row = y * stride + ky * dilation - padding.top
            let column = x * stride + kx * dilation - padding.left
            if (0..<from[1]).contains(row), (0..<from[2]).contains(column) {
              body(y * to[2] + x, row * from[2] + column, ky, kx)
            }
          }
        }
      }
    }
  }

  /// For each output of a maximum, the first input that attains it.
  private static func winners(
    _ op: NeuralNetwork.Operation.Pooling, _ x: [Double], _ from: [Int], _ to: [Int]
  )
    -> [Int]
  {
    var best = [Int](repeating: -1, count: to.reduce(1, *))
    overPool(op, from, to) { if best[$0] < 0 || x[$1] > x[best[$0]] { best[$0] = $1 } }
    return best
  }

  private static func normalized(_ x: [Double], _ epsilon: Double) -> ([Double], deviation: Double) {
    let mean = x.reduce(0, +) / Double(x.count)
    let deviation = (x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(x.count) + epsilon)
      .squareRoot()
    return (x.map { ($0 - mean) / deviation }, deviation)
  }

  /// One head of self-attention.
  private struct Attention {
    let x: [Double]
    let (tokens, width, depth, head): (Int, Int, Int, Int)
    var weights: [[Double]] = []

    init(_ x: [Double], tokens: Int, width: Int, heads: Int, head: Int, causal: Bool) {
      self.x = x
      (self.tokens, self.width, depth, self.head) = (tokens, width, width / heads, head)
      for t in 0..<tokens {
        let scores = (0..<tokens).map { s in
          causal && s > t
            ? -.infinity
            : (0..<depth).reduce(0) { $0 + query(t, $1) * key(s, $1) } / Double(depth).squareRoot()
        }
        let powers = scores.map(exp)
        weights.append(powers.map { $0 / powers.reduce(0, +) })
      }
    }

    func at(_ part: Int, _ t: Int, _ d: Int) -> Int { t * 3 * width + part * width + head * depth + d }
    func query(_ t: Int, _ d: Int) -> Double { x[at(0, t, d)] }
    func key(_ t: Int, _ d: Int) -> Double { x[at(1, t, d)] }
    func value(_ t: Int, _ d: Int) -> Double { x[at(2, t, d)] }
  }
}

extension Graph.Node {
  /// The attention of all tokens of which this is one token's.
  fileprivate var attendingAll: Graph.Node {
    guard case .tokenAttention(let heads, _, let causal) = operation else { return self }
    return Graph.Node(
      name: name, operation: .selfAttention(heads: heads, causal: causal), inputs: inputs, shape: shape)
  }
}
