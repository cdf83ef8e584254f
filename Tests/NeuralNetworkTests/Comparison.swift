import Tensor
import Testing

@testable import NeuralNetwork

/// How far two lists of numbers are apart, relative to the second.
func relativeDistance(_ a: some Sequence<Float>, _ b: [Double]) -> Double {
  let difference = zip(a, b).map { (Double($0) - $1) * (Double($0) - $1) }.reduce(0, +)
  return (difference / max(b.map { $0 * $0 }.reduce(0, +), 1e-30)).squareRoot()
}

/// Runs a graph on random pictures and expects every tap's value and the input's gradient, from all seeds, to
/// be the reference's.
func expectLikeReference(
  _ graph: Graph, taps: [Graph.NodeID], seeds chosen: [Graph.NodeID]? = nil, batch: Int = 1, seed: UInt64 = 7,
  options: Executor.Options = .init(), tolerance: Double = 1e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let executor = try Executor(graph: graph, batch: batch, taps: taps, options: options)
  let seeds = chosen ?? taps
  var random = RandomSource(seed: seed)
  for index in executor.input.indices { executor.input[index] = random.normal() }
  for tap in taps {
    for index in executor.seed(of: tap).indices { executor.seed(of: tap)[index] = random.normal() }
  }
  for _ in 0..<2 {  // the second run finds the memory as the first one left it
    try executor.forward()
    try executor.backward(from: seeds)
  }
  func part<C: Collection>(_ all: C, _ picture: Int) -> [Double] where C.Element == Float {
    let size = all.count / batch
    return all.dropFirst(picture * size).prefix(size).map(Double.init)
  }
  for picture in 0..<batch {
    let reference = Reference(graph, input: part(executor.input, picture))
    for tap in taps {
      let value = part(executor.value(of: tap), picture).map(Float.init)
      #expect(value.count == reference.values[tap.index].count, sourceLocation: sourceLocation)
      let distance = relativeDistance(value, reference.values[tap.index])
      #expect(distance < tolerance, "value of \(graph[tap].name)", sourceLocation: sourceLocation)
    }
    let given = seeds.map { ($0, part(executor.seed(of: $0), picture)) }
    let wanted = reference.inputGradient(seeds: Dictionary(uniqueKeysWithValues: given))
    let gradient = part(executor.inputGradient, picture).map(Float.init)
    #expect(relativeDistance(gradient, wanted) < tolerance * 2, "gradient", sourceLocation: sourceLocation)
  }
}
