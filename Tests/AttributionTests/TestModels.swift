import Models
import NeuralNetwork
import Tensor

/// Small networks with hashed weights, and pictures of noise.
enum TestModels {
  static func resNet() throws -> Model {
    try Model(
      name: "tiny-resnet",
      ResNet(
        block: .basic, blocks: [1, 1, 1, 1], width: 8,
        stem: .init(kernel: 3, stride: 1, padding: 1, pool: false), classes: 5),
      weights: HashedWeights(), weightsHash: "hashed", input: InputSpecification(size: 32))
  }

  static func visionTransformer() throws -> Model {
    try Model(
      name: "tiny-vit",
      VisionTransformer(patch: 8, hidden: 24, layers: 4, heads: 2, mlp: 48, inputSize: 32, classes: 5),
      weights: HashedWeights(), weightsHash: "hashed", input: InputSpecification(size: 32))
  }

  /// Smooth noise, so that patches differ.
  static func picture(_ index: Int) -> [Float] {
    var random = RandomSource(seed: UInt64(index + 1))
    var values: [Float] = []
    for _ in 0..<3 {
      let grid = (0..<25).map { _ in random.uniform() }
      for y in 0..<32 {
        for x in 0..<32 { values.append(grid[y / 7 * 5 + x / 7]) }
      }
    }
    return values
  }
}
