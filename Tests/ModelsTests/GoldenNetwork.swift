import Checkpoints
import Foundation
import NeuralNetwork
import Tensor
import Testing

@testable import Models

/// What torchvision computed on hashed weights: see tools/golden_models.py.
struct GoldenNetwork {
  let file: Checkpoint
  let model: Model
  let taps: [String]
  let classIndex: Int
  private let input: [Float]

  init(_ name: String, _ architecture: some Architecture, input: InputSpecification? = nil) throws {
    file = try Checkpoint(path: Self.path(name))
    model = try Model.hashed(architecture, input: input)
    taps = try #require(file.metadata["taps"]).split(separator: " ").map(String.init)
    classIndex = try #require(file.metadata["class"].flatMap { Int($0) })
    self.input = HashedWeights.numbers(try #require(file.metadata["input"]), count: model.input.count)
  }

  /// A fixture's path.
  static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/models/\(name).safetensors").standardized.path
  }

  /// The numbers of a tensor of the fixture.
  func numbers(_ name: String) throws -> [Float] {
    try #require(file[name], "\(name) in \(file.path)").array()
  }

  /// The names of all values that are compared.
  var valueNames: [String] {
    file.tensors.map(\.name).filter { $0.hasPrefix("value/") }.map { String($0.dropFirst(6)) }
  }

  /// Fills the picture.
  func fill(_ executor: Executor) {
    _ = executor.input.update(fromContentsOf: input)
  }

  /// What was stored of a tensor, beside what ours gives.
  func difference(_ key: String, name: String, from values: UnsafeBufferPointer<Float>) throws -> Difference {
    Self.difference(try numbers(key), name: name, from: values)
  }

  /// The same of numbers that a fixture holds: a norm, two products, and samples.
  static func difference(
    _ numbers: [Float], name: String, from values: UnsafeBufferPointer<Float>
  ) -> Difference {
    let stored = numbers.map(Double.init)
    let samples = Array(stored.dropFirst(3))
    let ours: [Double]
    if samples.count == values.count {
      ours = values.map(Double.init)
    } else {
      var places = SplitMix64(state: SplitMix64.hash("place:\(name)"))
      ours = samples.map { _ in Double(values[Int(places.next() % UInt64(values.count))]) }
    }
    let norm = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    var result = Difference(samples, ours)
    result.norm = abs(norm - stored[0]) / stored[0]
    for index in 0...1 {
      var probe = HashedWeights.numbers("probe:\(name):\(index)")
      let product = values.reduce(0) { $0 + Double($1) * Double(probe.next()) }
      result.product = max(result.product, abs(product - stored[1 + index]) / stored[0])
    }
    return result
  }

  /// How far two tensors are apart, all relative to the stored one.
  struct Difference {
    /// Euclidean distance of the samples.
    var distance: Double
    /// Cosine between the samples.
    var cosine: Double
    /// Difference of the norms of the whole tensors.
    var norm = 0.0
    /// Difference of the products with hashed vectors, which stands for the distance of the whole tensors.
    var product = 0.0

    init(_ a: [Double], _ b: [Double]) {
      let square = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let (aa, bb) = (a.reduce(0) { $0 + $1 * $1 }, b.reduce(0) { $0 + $1 * $1 })
      distance = (square / aa).squareRoot()
      cosine = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / (aa * bb).squareRoot()
    }
  }
}
