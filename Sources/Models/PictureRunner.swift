public import NeuralNetwork

/// Runs any number of prepared pictures through a model, a batch at a time, and hands over what its taps say.
public final class PictureRunner {
  /// The model.
  public let model: Model
  private let executor: Executor

  /// Plans runs that read the values of `taps`. Throws ``NetworkError``.
  public init(
    model: Model, taps: [Graph.NodeID], batch: Int = 16, options: Executor.Options = .init()
  ) throws(NetworkError) {
    self.model = model
    executor = try Executor(
      graph: model.graph, batch: batch, taps: taps, gradient: false, options: options)
  }

  /// The pictures that run through the network together.
  public var batch: Int { executor.batch }

  /// Runs pictures 0 ..< count.
  ///
  /// - Parameters:
  ///   - picture: Gives a picture when its batch comes up: C×H×W numbers in [0, 1] of the model's input size, not
  ///     normalized. No more than a batch of them is held.
  ///   - read: Takes a picture's values at the taps, row-major; they last until it returns.
  /// - Throws: What the two throw, and ``NetworkError`` for a picture of another size.
  public func run(
    count: Int, picture: (_ index: Int) throws -> [Float],
    read: (_ index: Int, _ value: (Graph.NodeID) -> UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    let size = model.graph[model.graph.input].shape.reduce(1, *)
    for start in stride(from: 0, to: count, by: batch) {
      let group = start..<min(start + batch, count)
      for index in group {
        var values = try picture(index)
        guard values.count == size else {
          throw NetworkError.shape(
            node: "input", reason: "a picture has \(values.count) numbers, and \(model.name) takes \(size)")
        }
        model.input.normalize(&values)
        let place = (index - start) * size
        _ = UnsafeMutableBufferPointer(rebasing: executor.input[place..<place + size])
          .update(fromContentsOf: values)
      }
      // A last group that isn't full leaves old pictures behind it, whose values aren't read.
      try executor.forward()
      for index in group {
        try read(index) { tap in
          let count = model.graph[tap].shape.reduce(1, *)
          let place = (index - start) * count
          return UnsafeBufferPointer(rebasing: executor.value(of: tap)[place..<place + count])
        }
      }
    }
  }
}
