import Foundation
import Models

@testable import NeuralNetwork

/// Says which steps of a network's run take its time.
struct StepBenchmark {
  let title: String
  let architecture: any Architecture
  let batch: Int
  let options: Executor.Options
  let rounds: Int

  /// Prints a table of what does the work, by kind, with medians of the time of all its steps; with `isLong` a row
  /// for each step.
  func run(isLong: Bool) throws {
    let (executor, logits) = try EngineBenchmark.executor(architecture, batch: batch, options)
    executor.seed(of: logits).update(repeating: 0.01)
    try executor.forward()
    try executor.backward(from: [logits])
    var samples: [String: [Double]] = [:]
    var order: [String] = []
    var counts: [String: Int] = [:]
    for round in 0..<rounds {
      var spent: [String: Double] = [:]
      for step in executor.steps {
        let kind = step.detail.isEmpty ? "other" : step.detail
        let name = isLong ? "\(step.node): \(kind)" : kind
        if round == 0 {
          if counts[name] == nil { order.append(name) }
          counts[name, default: 0] += 1
        }
        spent[name, default: 0] += Sample.measure { _ = step.run() }.wall
      }
      for (name, time) in spent { samples[name, default: []].append(time) }
    }
    let medians = samples.mapValues { $0.sorted()[$0.count / 2] }
    let total = medians.values.reduce(0, +)
    Table.say(
      "\(title), batch \(batch), \(options.precision.rawValue): \(String(format: "%.1f", total)) ms in steps")
    Table.say("\n| step | how many | ms | share |\n|---|---|---|---|")
    for name in isLong ? order : order.sorted(by: { medians[$0, default: 0] > medians[$1, default: 0] }) {
      let time = medians[name, default: 0]
      let cells = [
        name, "\(counts[name, default: 0])", String(format: "%.2f", time),
        String(format: "%.1f %%", 100 * time / total),
      ]
      Table.say("| " + cells.joined(separator: " | ") + " |")
    }
  }
}
