import NeuralNetwork
import Testing

@testable import Models

/// Every named value with nothing folded or fused between, then logits and gradients as methods ask for them.
func expectGolden(
  _ name: String, _ architecture: some Architecture, input: InputSpecification? = nil,
  gradient tolerance: (distance: Double, cosine: Double) = (1e-3, 0.99999)
) throws {
  let golden = try GoldenNetwork(name, architecture, input: input)
  #expect(try golden.taps.map { try golden.model.node($0) } == golden.model.stages)
  try checkValues(golden)

  let graph = golden.model.graph
  let stages = golden.model.stages
  // One thread: a busy machine would keep two waiting for each other.
  let executor = try Executor(
    graph: graph, batch: 1, taps: stages + [golden.model.logits], options: .init(threads: 1))
  golden.fill(executor)
  try executor.forward()

  let expected = try golden.numbers("logits")
  let logits = executor.value(of: golden.model.logits)
  let scale = expected.map(abs).max() ?? 0
  let error = zip(expected, logits).map { abs($0 - $1) }.max() ?? .infinity
  #expect(logits.count == expected.count)
  #expect(error <= 1e-4 * scale, "logits")

  executor.seed(of: golden.model.logits).update(repeating: 0)
  executor.seed(of: golden.model.logits)[golden.classIndex] = 1
  try executor.backward(from: [golden.model.logits])
  try expectGradient(golden, "gradient", executor, tolerance)

  for (tap, node) in zip(golden.taps, stages) {
    let seed = executor.seed(of: node)
    let scale = Float(Double(seed.count).squareRoot())
    let numbers = HashedWeights.numbers("seed:\(tap)", count: seed.count)
    for index in seed.indices { seed[index] = numbers[index] / scale }
  }
  try executor.backward(from: stages)
  try expectGradient(golden, "seeded", executor, tolerance)
}

private func checkValues(_ golden: GoldenNetwork) throws {
  let nodes = try golden.valueNames.map { try golden.model.node($0) }
  #expect(nodes.count > 3)
  let executor = try Executor(
    graph: golden.model.graph, batch: 1, taps: nodes, gradient: false, options: .init(threads: 1))
  golden.fill(executor)
  try executor.forward()
  for (name, node) in zip(golden.valueNames, nodes) {
    let difference = try golden.difference("value/\(name)", name: name, from: executor.value(of: node))
    #expect(difference.distance <= 1e-4, "\(name)")
    #expect(difference.norm <= 1e-4, "\(name)")
    #expect(difference.product <= 1e-4, "\(name)")
  }
}

private func expectGradient(
  _ golden: GoldenNetwork, _ key: String, _ executor: Executor,
  _ tolerance: (distance: Double, cosine: Double)
) throws {
  let difference = try golden.difference(key, name: key, from: executor.inputGradient)
  #expect(difference.distance <= tolerance.distance, "\(key)")
  #expect(difference.cosine >= tolerance.cosine, "\(key)")
  #expect(difference.norm <= tolerance.distance, "\(key)")
  #expect(difference.product <= tolerance.distance, "\(key)")
}
