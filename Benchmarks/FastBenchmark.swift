import Dispatch
import Foundation
import Imaging
@testable import Models
import Synchronization
import Tensor

@testable import Visualization

/// VITAL beside its faster form, on the demo networks, classes and three seeds: time, the loss of the finished picture, and
/// how many of the demo's other networks give it the right class.
struct FastBenchmark {
  /// Names of classes and of networks: all of those that aren't named.
  let names: [String]
  /// Settings of the faster form other than its own.
  let settings: [String: String]

  /// What one picture took and is.
  private struct Outcome {
    var seconds = 0.0
    var loss = 0.0
    /// How many of the judges name its class first.
    var recognized = 0
    /// The mean of the logarithms of its class's probability in the judges.
    var logProbability = 0.0
  }

  /// Both methods' pictures of one class and seed.
  private struct Pair {
    var vital = Outcome()
    var fast = Outcome()
  }

  /// The settings of the demo exhibition, by network.
  private static let networks: [(name: String, settings: [String: SettingValue])] = [
    (
      "demo-resnet",
      ["layer_weights": .numbers([1, 1, 1, 1, 10]), "tv_l2": .number(0.0003), "l2": .number(0.0003)]
    ),
    (
      "demo-vit",
      ["layer_weights": .numbers([1, 1, 3, 10, 10]), "tv_l2": .number(0.05), "l2": .number(0.003)]
    ),
  ]

  /// Prints a table with one row a network.
  func run() throws {
    Table.say(
      """
      Pictures of each class from three seeds, one thread each; seconds (of the processor) and losses are means. The loss is VITAL's, of the \
      finished picture under 32 shifts; "difference" is that of the means, with the 95 % interval over pairs. "Recognized" \
      counts what both other networks name first, of twice as many as there are \
      pictures; "log p" is their mean logarithm of the right class's probability.

      | network | pictures | VITAL s | fast s | time | VITAL loss | fast loss | difference | no worse | VITAL recognized | fast recognized | \
      VITAL log p | fast log p |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """)
    let chosen = Self.networks.filter { names.contains($0.name) }
    for network in chosen.isEmpty ? Self.networks : chosen { try row(network.name, network.settings) }
  }

  private func row(_ name: String, _ shared: [String: SettingValue]) throws {
    let model = try Model.load("content/models/\(name)")
    let judges = try ["demo-resnet", "demo-vit", "demo-densenet"].filter { $0 != name }
      .map { try Model.load("content/models/\($0)") }
    let classes = names.filter { name in !Self.networks.contains { $0.name == name } }
    let known = classes.isEmpty ? model.labels : classes
    let cases = (0..<3 * known.count).map { (label: known[$0 / 3], seed: UInt64($0 % 3)) }
    let pairs = Mutex<[Pair]>([])
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      do {
        let pair = try compare(cases[index].label, cases[index].seed, model, judges, shared)
        pairs.withLock { $0.append(pair) }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    report(name, pairs.withLock { $0 })
  }

  private func compare(
    _ label: String, _ seed: UInt64, _ model: Model, _ judges: [Model], _ shared: [String: SettingValue]
  ) throws -> Pair {
    let folder = "content/references/\(Slug.of(label))"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let references = try files.map { try model.input.prepare(file: "\(folder)/\($0)") }
    let statistics = try ReferenceStatistics.measure(references, in: model, threads: 1)
    let vital = try VITAL(model: model, overrides: Settings(shared))
    var overrides = shared
    for (name, value) in settings {
      overrides[name] = Double(value).map { .number($0) } ?? .text(value)
    }
    let fast = try FastVITAL(model: model, overrides: Settings(overrides))
    let index = try model.classIndex(label)
    func outcome(_ method: any Method) throws -> Outcome {
      let request = VisualizationRequest(
        model: model, target: .classLogit(index), references: references, seed: seed, threads: 1)
      let begin = Sample.thread()
      let made = try method.visualize(request) { _ in }
      let seconds = (Sample.thread() - begin) / 1000
      let picture = made.image.quantized()
      var outcome = Outcome(seconds: seconds, loss: try loss(of: picture, vital, statistics))
      for judge in judges { try ask(judge, of: picture, label, &outcome, among: judges.count) }
      return outcome
    }
    return Pair(vital: try outcome(vital), fast: try outcome(fast))
  }

  /// VITAL's loss of a picture: the mean under the same 32 shifts for all.
  private func loss(of picture: Image, _ method: VITAL, _ statistics: ReferenceStatistics) throws -> Double {
    let model = method.alignment.model
    var random = RandomSource(seed: 99)
    let target = try Target.classLogit(0).resolved(in: model)
    let parts = try method.alignment.parts(
      statistics, target, start: picture.pixels, options: .init(threads: 1), random: &random)
    let ascent = try Ascent(
      parts, model: model.graph, target: target,
      options: .init(threads: 1))
    let count = 32
    return try (0..<count).reduce(0) { sum, _ in try sum + ascent.gradient(random: &random, step: 1) }
      / Double(count)
  }

  private func ask(
    _ judge: Model, of picture: Image, _ label: String, _ outcome: inout Outcome, among count: Int
  ) throws {
    let probabilities = try SingleClassifier(judge, options: .init(threads: 1)).probabilities(picture.pixels)
    let index = try judge.classIndex(label)
    let first = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    outcome.recognized += first == index ? 1 : 0
    outcome.logProbability += log(max(1e-6, Double(probabilities[index]))) / Double(count)
  }

  /// `+0.3 % ± 0.5`: by how much the faster form's mean loss is higher, and 1.96 standard errors over pairs.
  private static func difference(_ pairs: [Pair]) -> String {
    let count = Double(pairs.count)
    let base = pairs.reduce(0) { $0 + $1.vital.loss } / count
    let shares = pairs.map { 100 * ($0.fast.loss - $0.vital.loss) / base }
    let mean = shares.reduce(0, +) / count
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return String(format: "%+.2f %% ± %.2f", mean, 1.96 * (variance / count).squareRoot())
  }

  private func report(_ name: String, _ pairs: [Pair]) {
    func mean(_ value: (Pair) -> Double) -> Double {
      pairs.reduce(0) { $0 + value($1) } / Double(pairs.count)
    }
    func count(_ test: (Pair) -> Bool) -> String { "\(pairs.filter(test).count)" }
    func total(_ value: (Pair) -> Int) -> String { "\(pairs.reduce(0) { $0 + value($1) })" }
    func text(_ value: Double, _ format: String = "%.3f") -> String { String(format: format, value) }
    let (slow, quick) = (mean(\.vital.seconds), mean(\.fast.seconds))
    let cells = [
      name, "\(pairs.count)", text(slow, "%.1f"), text(quick, "%.1f"), text(quick / slow, "%.2f"),
      text(mean(\.vital.loss)), text(mean(\.fast.loss)), Self.difference(pairs),
      count { $0.fast.loss <= $0.vital.loss },
      total(\.vital.recognized), total(\.fast.recognized), text(mean(\.vital.logProbability)),
      text(mean(\.fast.logProbability)),
    ]
    Table.say("| " + cells.joined(separator: " | ") + " |")
  }
}
