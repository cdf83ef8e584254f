import Models
import NeuralNetwork

/// The last part of a network on its own: from the penultimate features to the class scores.
final class ClassifierHead {
  /// Features a picture.
  let features: Int
  /// Classes.
  let classes: Int
  private let executor: Executor
  private let scores: Graph.NodeID

  /// Plans the head for `batch` rows of features. Throws ``AttributionError`` if the class scores depend on more than
  /// the penultimate features.
  init(_ model: Model, batch: Int, gradient: Bool, options: Executor.Options) throws {
    var (head, places) = (
      Graph(inputShape: model.graph[model.penultimate].shape), [Graph.NodeID: Graph.NodeID]()
    )
    places[model.penultimate] = head.input
    for index in Self.nodes(from: model.penultimate, to: model.logits, in: model.graph) {
      let node = model.graph[index]
      let inputs = node.inputs.compactMap { places[$0] }
      guard inputs.count == node.inputs.count, let first = inputs.first, inputs.count <= 2 else {
        let reason = "\(node.name) reads more than \(model.graph[model.penultimate].name)"
        throw AttributionError.classifier(model: model.name, reason: reason)
      }
      places[index] =
        try inputs.count == 1
        ? head.add(node.name, node.operation, first) : head.add(node.name, node.operation, first, inputs[1])
    }
    guard let scores = places[model.logits] else {
      throw AttributionError.classifier(model: model.name, reason: "it has no layer of class scores")
    }
    self.scores = scores
    features = head[head.input].shape.reduce(1, *)
    classes = head[scores].shape.reduce(1, *)
    executor = try Executor(graph: head, batch: batch, taps: [scores], gradient: gradient, options: options)
  }

  /// The class scores of rows of features; `read` takes each row's number and scores.
  func scores(
    of rows: [Float], read: (_ row: Int, _ scores: UnsafeBufferPointer<Float>) -> Void
  ) throws(NetworkError) {
    try forEachBatch(of: rows) { (group) throws(NetworkError) in
      try executor.forward()
      let values = executor.value(of: scores)
      for row in group {
        let place = (row - group.lowerBound) * classes
        read(row, UnsafeBufferPointer(rebasing: values[place..<place + classes]))
      }
    }
  }

  /// The gradient of a class's score with respect to rows of features: as many numbers.
  func gradient(of classIndex: Int, at rows: [Float]) throws(NetworkError) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows.count)
    let seed = executor.seed(of: scores)
    seed.update(repeating: 0)
    for row in 0..<executor.batch { seed[row * classes + classIndex] = 1 }
    try forEachBatch(of: rows) { (group) throws(NetworkError) in
      try executor.forward()
      try executor.backward(from: [scores])
      result.append(contentsOf: executor.inputGradient.prefix(group.count * features))
    }
    return result
  }

  private func forEachBatch(
    of rows: [Float], _ body: (Range<Int>) throws(NetworkError) -> Void
  ) throws(NetworkError) {
    let count = rows.count / features
    var start = 0
    while start < count {
      let group = start..<min(start + executor.batch, count)
      _ = executor.input.update(
        fromContentsOf: rows[group.lowerBound * features..<group.upperBound * features])
      try body(group)
      start = group.upperBound
    }
  }

  /// The nodes that `end` is computed from and that lie after `start`, in evaluation order.
  private static func nodes(
    from start: Graph.NodeID, to end: Graph.NodeID, in graph: Graph
  ) -> [Graph.NodeID] {
    var needed: Set<Graph.NodeID> = []
    var open = [end]
    while let id = open.popLast() {
      if id != start && needed.insert(id).inserted { open += graph[id].inputs }
    }
    return needed.sorted()
  }
}
