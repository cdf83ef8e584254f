import Foundation
import Models
import NeuralNetwork
import Testing

@testable import Visualization

/// Losses and seeds at the taps, on the demo ResNet.
@Suite struct ObjectiveTests {
  private func run(_ model: Model, taps: [Graph.NodeID], batch: Int) throws -> Executor {
    let executor = try Executor(graph: model.graph, batch: batch, taps: taps, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: randomNumbers(executor.input.count))
    try executor.forward()
    return executor
  }

  @Test func crossEntropyIsProbabilityMinusOne() throws {
    let model = try Demo.model()
    let executor = try run(model, taps: [model.logits], batch: 2)
    let objective = CrossEntropyObjective(classIndex: 5, logits: model.logits, in: model.graph, batch: 2)
    let loss = objective.evaluate(in: executor)
    let logits = Array(executor.value(of: model.logits))
    let seed = Array(executor.seed(of: model.logits))
    var wanted = 0.0
    for picture in 0..<2 {
      let row = Array(logits[picture * 24..<picture * 24 + 24])
      let sum = row.reduce(0.0) { $0 + exp(Double($1)) }
      wanted -= log(exp(Double(row[5])) / sum) / 2
      for index in 0..<24 {
        let slope = (exp(Double(row[index])) / sum - (index == 5 ? 1 : 0)) / 2
        #expect(abs(Double(seed[picture * 24 + index]) - slope) < 1e-5)
      }
    }
    #expect(abs(loss - wanted) < 1e-5)
  }

  @Test func channelsAreAveragedOverPositionsAndBatch() throws {
    let model = try Demo.model()
    let target = try Target.channel(layer: "layer2", channel: 3).resolved(in: model)
    let node = target.taps[0]
    let executor = try run(model, taps: [node], batch: 2)
    let layout = model.graph[node].layout
    let loss = ActivationObjective(target, in: model.graph, batch: 2).evaluate(in: executor)
    let value = Array(executor.value(of: node))
    let stride = layout.channels * layout.positions
    var mean = 0.0
    for picture in 0..<2 {
      for position in 0..<layout.positions {
        mean += Double(value[picture * stride + 3 * layout.positions + position])
      }
    }
    mean /= Double(2 * layout.positions)
    #expect(abs(loss + mean) < 1e-6 * max(1, abs(mean)))
    let seed = Array(executor.seed(of: node))
    #expect(abs(seed.reduce(0.0) { $0 + Double($1) } + 1) < 1e-5)
    #expect(seed.filter { $0 != 0 }.count == 2 * layout.positions)
  }

  @Test func sumsAddLossesAndSeeds() throws {
    let model = try Demo.model()
    let (a, b) = (try Target.classLogit(1).resolved(in: model), try Target.classLogit(4).resolved(in: model))
    let executor = try run(model, taps: [model.logits], batch: 1)
    let sum = WeightedSum(
      [
        (2, ActivationObjective(a, in: model.graph, batch: 1)),
        (-0.5, ActivationObjective(b, in: model.graph, batch: 1)),
      ], in: model.graph, batch: 1)
    for _ in 0..<2 {
      let loss = try sum.evaluate(in: executor)
      let logits = executor.value(of: model.logits)
      #expect(abs(loss - Double(-2 * logits[1] + 0.5 * logits[4])) < 1e-4)
      var wanted = [Float](repeating: 0, count: 24)
      (wanted[1], wanted[4]) = (-2, 0.5)
      #expect(Array(executor.seed(of: model.logits)) == wanted)
    }
  }
}
