import Foundation

@testable import NeuralNetwork

/// Definitions that several cases of ``Reference`` share.
extension Reference {
  /// The channel of number `i` of a map, or its place in its row.
  static func channel(of i: Int, in shape: [Int]) -> Int {
    shape.count == 3 ? i / (shape[1] * shape[2]) : i % (shape.last ?? 1)
  }

  /// Calls `body` with the places of each position's channels.
  static func overPositions(of shape: [Int], _ body: ([Int]) -> Void) {
    let size = shape[1] * shape[2]
    for position in 0..<size { body((0..<shape[0]).map { $0 * size + position }) }
  }

  /// What a mean divides by, for each output: the positions that the window holds, with or without padding.
  static func shares(_ op: NeuralNetwork.Operation.Pooling, _ from: [Int], _ to: [Int]) -> [Double] {
    (0..<to.reduce(1, *)).map { output in
      let (y, x) = (output / to[2] % to[1], output % to[2])
      func inside(_ start: Int, _ extent: Int) -> Int {
        (start..<start + op.kernel).filter { op.countsPadding || (0..<extent).contains($0) }.count
      }
      let rows = inside(y * op.stride - op.padding, from[1])
      return 1 / Double(rows * inside(x * op.stride - op.padding, from[2]))
    }
  }

  /// Calls `body(output, input, share)` for every pair of a grid of means.
  static func overGrid(_ from: [Int], _ to: [Int], _ body: (Int, Int, Double) -> Void) {
    func window(_ i: Int, _ n: Int, _ extent: Int) -> Range<Int> {
      Int(
        (Double(i * extent) / Double(n)).rounded(.down))..<Int(
          (Double((i + 1) * extent) / Double(n)).rounded(.up))
    }
    for c in 0..<to[0] {
      for y in 0..<to[1] {
        for x in 0..<to[2] {
          let (rows, columns) = (window(y, to[1], from[1]), window(x, to[2], from[2]))
          for row in rows {
            for column in columns {
              body(
                (c * to[1] + y) * to[2] + x, (c * from[1] + row) * from[2] + column,
                1 / Double(rows.count * columns.count))
            }
          }
        }
      }
    }
  }

  /// Calls `body(input, its number, output number)` for every number that an operation only moves.
  static func overMoves(_ node: Graph.Node, _ shapes: [[Int]], _ body: (Int, Int, Int) -> Void) {
    let shape = shapes[0]
    let count = shape.reduce(1, *)
    switch node.operation {
    case .flatten: for i in 0..<count { body(0, i, i) }
    case .rows:
      let size = shape[1] * shape[2]
      for i in 0..<count { body(0, i, i % size * shape[0] + i / size) }
    case .map: for i in 0..<count { body(0, i, i % shape[1] * shape[0] + i / shape[1]) }
    case .padChannels(let before, _): for i in 0..<count { body(0, i, before * shape[1] * shape[2] + i) }
    case .zeroPad(let padding):
      for i in 0..<count {
        let (c, y, x) = (i / (shape[1] * shape[2]), i / shape[2] % shape[1], i % shape[2])
        body(0, i, (c * node.shape[1] + y + padding.top) * node.shape[2] + x + padding.left)
      }
    case .concatenate:
      var start = 0
      for (index, shape) in shapes.enumerated() {
        for i in 0..<shape.reduce(1, *) { body(index, i, start + i) }
        start += shape.reduce(1, *)
      }
    default: break
    }
  }
}

extension NeuralNetwork.Operation.Activation {
  /// Its definition.
  func value(_ x: Double) -> Double {
    switch self {
    case .silu: x / (1 + exp(-x))
    case .sigmoid: 1 / (1 + exp(-x))
    case .relu6: min(max(x, 0), 6)
    case .quickGELU: x / (1 + exp(-1.702 * x))
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .hardSigmoid: min(max(x + 3, 0), 6) / 6
    }
  }

  /// Its derivative, by central differences of the definition: kinks apart, right to some 10⁻¹⁰.
  func slope(_ x: Double) -> Double { (value(x + 1e-5) - value(x - 1e-5)) / 2e-5 }
}
