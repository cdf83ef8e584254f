import Checkpoints
import NeuralNetwork

extension GraphBuilder {
  /// A linear layer without bias, stored either way round.
  mutating func projection(
    _ projection: CLIPNames.Projection, of input: Graph.NodeID, width: Int
  ) throws(NetworkError) -> Graph.NodeID {
    guard projection.isTransposed else {
      return try linear(
        projection.name, of: input, width: width, weight: projection.tensor, hasBias: false)
    }
    let weight = weights.parameter(projection.tensor, [graph[input].shape.last ?? 0, width]).transposed
    return try add(projection.name, .linear(.init(weight: weight)), of: input)
  }
}

extension Parameter {
  /// A matrix with rows and columns exchanged: a copy.
  fileprivate var transposed: Parameter {
    let (rows, columns) = (shape[0], shape[1])
    if isMissing { return Parameter(missing: name, shape: [columns, rows]) }
    return Parameter(name: name, shape: [columns, rows]) { [self] in
      let (values, memory) = (values, FloatMemory(count: rows * columns))
      for column in 0..<columns {
        for row in 0..<rows { memory.values[column * rows + row] = values[row * columns + column] }
      }
      return Numbers(UnsafeBufferPointer(memory.values), owner: memory)
    }
  }
}
