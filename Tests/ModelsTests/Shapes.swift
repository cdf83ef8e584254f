import NeuralNetwork

@testable import Models

/// The shapes of an architecture's parameters, without their numbers.
enum Shapes {
  static func of(_ architecture: some Architecture) throws -> TensorShapes {
    TensorShapes(path: "test.safetensors", shapes: try all(architecture))
  }

  /// How many numbers an architecture learns.
  static func learnedCount(_ architecture: some Architecture) throws -> Int {
    try all(architecture).filter { !$0.key.contains("running_") }.reduce(0) { $0 + $1.value.reduce(1, *) }
  }

  static func all(_ architecture: some Architecture) throws -> [String: [Int]] {
    let recorder = Recorder()
    var builder = GraphBuilder(size: architecture.inputSize, weights: recorder)
    _ = try architecture.build(&builder)
    return recorder.shapes
  }

  private final class Recorder: WeightSource {
    var shapes: [String: [Int]] = [:]

    func parameter(_ name: String, _ shape: [Int]) -> Parameter {
      shapes[name] = shape
      return Parameter(missing: name, shape: shape)
    }
  }
}
