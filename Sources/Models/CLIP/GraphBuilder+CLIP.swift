import Network

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
    // A tensor that the checkpoint lacks has a shape but no numbers.
    guard values.count == rows * columns else {
      return Parameter(name: name, shape: [columns, rows], copying: [])
    }
    var numbers: [Float] = []
    numbers.reserveCapacity(values.count)
    for column in 0..<columns { for row in 0..<rows { numbers.append(values[row * columns + column]) } }
    return Parameter(name: name, shape: [columns, rows], copying: numbers)
  }
}
