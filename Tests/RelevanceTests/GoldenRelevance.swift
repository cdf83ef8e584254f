import Checkpoints
import Foundation
import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Relevance

/// What zennit, and plain PyTorch, computed on hashed weights: see tools/golden_relevance.py.
struct GoldenRelevance {
  let file: Checkpoint
  let model: Model
  let classIndex: Int
  private let input: [Float]
  private let tolerance: Double

  /// A network of hashed weights.
  init(_ name: String, _ architecture: some Architecture, size: Int) throws {
    try self.init(name, Model.hashed(architecture, input: InputSpecification(size: size)))
  }

  /// One of the demo's networks.
  init(demo name: String) throws {
    try self.init(name, Model.load(Self.root + "content/models/" + name))
  }

  private static var root: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../").standardized
      .path + "/"
  }

  private init(_ name: String, _ model: Model) throws {
    file = try Checkpoint(path: Self.root + "Tests/Fixtures/relevance/\(name).safetensors")
    self.model = model
    // Where contributions cancel, relevance is steep, and rounding alone may change it by more than a thousandth.
    tolerance = max(1e-3, 3 * (try #require(file.metadata["rounding"].flatMap(Double.init))))
    classIndex = try #require(file.metadata["class"].flatMap { Int($0) })
    input = HashedWeights.numbers(try #require(file.metadata["input"]), count: model.input.count)
  }

  /// The layers whose relevance is stored under a composite's name.
  func layers(_ stored: String) -> [String] {
    let prefix = "R/\(stored)/"
    return file.tensors.map(\.name).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  /// Runs a composite from the class's logit, and compares logits and every layer stored under its name, or another.
  func expect(_ composite: RelevanceComposite, as other: String? = nil) throws {
    let name = other ?? composite.name
    let layers = layers(name)
    #expect(layers.count > 1, "\(name)")
    let graph = model.graph
    let nodes = try layers.map { layer in
      layer == "input" ? graph.input : try #require(graph.node(named: layer), "\(layer)")
    }
    let propagator = try RelevancePropagator(
      graph: graph, composite: composite, from: model.logits, to: nodes,
      // Hashed pictures lie in −1…1.
      bounds: PictureBounds(low: [-1, -1, -1], high: [1, 1, 1]), options: .init(threads: 1))
    _ = propagator.input.update(fromContentsOf: input)
    try propagator.forward()
    let logits = try #require(file["logits"]).array()
    let scale = logits.map(abs).max() ?? 0
    #expect(zip(logits, propagator.value).map { abs($0 - $1) }.max() ?? .infinity < 1e-4 * scale)
    var start = [Float](repeating: 0, count: propagator.value.count)
    start[classIndex] = propagator.value[classIndex]
    // Twice, for the second run must not see the first one's.
    try propagator.propagate(start)
    try propagator.propagate(start)
    for (layer, node) in zip(layers, nodes) {
      let stored = try #require(file["R/\(name)/\(layer)"]).array().map(Double.init)
      let ours = propagator.relevance(of: node)
      let error = difference(stored, layer, ours)
      #expect(error < tolerance, "\(name) at \(layer): \(error)")
    }
  }

  /// The greatest of the differences of norm, of two products with hashed vectors and of samples, relative to the norm.
  private func difference(_ stored: [Double], _ name: String, _ ours: UnsafeBufferPointer<Float>) -> Double {
    let samples = Array(stored.dropFirst(3))
    let taken: [Double]
    if samples.count == ours.count {
      taken = ours.map(Double.init)
    } else {
      var places = SplitMix64(state: SplitMix64.hash("place:\(name)"))
      taken = samples.map { _ in Double(ours[Int(places.next() % UInt64(ours.count))]) }
    }
    let norm = ours.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    var worst = abs(norm - stored[0]) / stored[0]
    for index in 0...1 {
      var probe = HashedWeights.numbers("probe:\(name):\(index)")
      let product = ours.reduce(0) { $0 + Double($1) * Double(probe.next()) }
      worst = max(worst, abs(product - stored[1 + index]) / stored[0])
    }
    let square = zip(samples, taken).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let size = samples.reduce(0) { $0 + $1 * $1 }
    return max(worst, (square / max(size, .leastNormalMagnitude)).squareRoot())
  }
}
