public import NeuralNetwork

/// Where an architecture gets its parameters from: a checkpoint, or a hash for tests and benchmarks.
public protocol WeightSource: AnyObject {
  /// The parameter of a name and shape. A source that can't give it notes so and returns one of that shape without
  /// numbers, so that all faults come to light at once.
  func parameter(_ name: String, _ shape: [Int]) -> Parameter
}
