import Models
import NeuralNetwork
import Testing

@testable import Relevance

/// Without biases, what is sent back arrives, at every layer.
@Suite struct ConservationTests {
  /// Convolutions, a residual sum, pools, a concatenation and linear layers, all without biases.
  private func network() throws -> (graph: Graph, layers: [Graph.NodeID], end: Graph.NodeID) {
    let weights = HashedWeights()
    var graph = Graph(inputShape: [3, 16, 16])
    func convolution(_ name: String, _ outputs: Int, of input: Graph.NodeID) throws -> Graph.NodeID {
      let weight = weights.parameter("\(name).weight", [outputs, graph[input].shape[0], 3, 3])
      return try graph.add(name, .convolution(.init(weight: weight, padding: 1)), input)
    }
    let stem = try graph.add("relu1", .relu, try convolution("conv1", 8, of: graph.input))
    let pool = try graph.add("pool", .maxPool(.init(kernel: 2, stride: 2)), stem)
    let branch = try graph.add("relu2", .relu, try convolution("conv2", 8, of: pool))
    let sum = try graph.add("sum", .add, branch, pool)
    let joined = try graph.add("concat", .concatenate, sum, branch)
    let mean = try graph.add("mean", .averagePool(.init(kernel: 2, stride: 2)), joined)
    let features = try graph.add("features", .globalAveragePool, mean)
    let end = try graph.add(
      "fc", .linear(.init(weight: weights.parameter("fc.weight", [5, 16]))), features)
    return (graph, [graph.input, stem, pool, mean, features], end)
  }

  @Test(
    "Nothing is lost at any layer",
    arguments: [
      RelevanceComposite.epsilon, .epsilonPlus, .epsilonPlusFlat, .epsilonAlpha2Beta1Flat, .vital,
    ])
  func sums(_ composite: RelevanceComposite) throws {
    let (graph, layers, end) = try network()
    let propagator = try RelevancePropagator(
      graph: graph, composite: composite, from: end, to: layers, batch: 2,
      bounds: PictureBounds(low: [-1, -1, -1], high: [1, 1, 1]))
    _ = propagator.input.update(fromContentsOf: HashedWeights.numbers("pictures", count: 2 * 3 * 16 * 16))
    try propagator.forward()
    var start = [Float](repeating: 0, count: 10)
    (start[2], start[5 + 3]) = (propagator.value[2], propagator.value[5 + 3])
    try propagator.propagate(start)
    for picture in 0..<2 {
      let wanted = Double(start[5 * picture..<5 * picture + 5].reduce(0, +))
      for layer in layers {
        let relevance = propagator.relevance(of: layer)
        let share = relevance.count / 2
        let sum = relevance[picture * share..<(picture + 1) * share].reduce(0) { $0 + Double($1) }
        #expect(
          abs(sum - wanted) < 2e-3 * abs(wanted),
          "\(composite.name) at \(graph[layer].name), picture \(picture)")
      }
    }
  }

  @Test("Without biases and with ε next to nothing, the epsilon rule is gradient times input")
  func epsilonIsGradientTimesInput() throws {
    let (graph, _, end) = try network()
    let pictures = HashedWeights.numbers("pictures", count: 3 * 16 * 16)
    func run(_ composite: RelevanceComposite) throws -> [Float] {
      let propagator = try RelevancePropagator(
        graph: graph, composite: composite, from: end, to: [graph.input],
        bounds: PictureBounds(low: [-1, -1, -1], high: [1, 1, 1]))
      _ = propagator.input.update(fromContentsOf: pictures)
      try propagator.forward()
      var start = [Float](repeating: 0, count: 5)
      start[1] = composite == .gradient ? 1 : propagator.value[1]
      try propagator.propagate(start)
      return Array(propagator.relevance(of: graph.input))
    }
    let relevance = try run(.epsilon)
    let gradient = try run(.gradient)
    let largest = relevance.map(abs).max() ?? 0
    #expect(largest > 0)
    for index in relevance.indices {
      #expect(abs(relevance[index] - gradient[index] * pictures[index]) < 1e-3 * largest)
    }
  }

  @Test("An end that doesn't lead to the start is an error that names both")
  func endsThatDontLeadThere() throws {
    let (graph, layers, end) = try network()
    #expect(throws: NetworkError.self) {
      try RelevancePropagator(
        graph: graph, composite: .epsilon, from: layers[1], to: [end],
        bounds: PictureBounds(low: [], high: []))
    }
  }
}
