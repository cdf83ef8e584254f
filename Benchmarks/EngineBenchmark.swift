import CKernels
import Foundation
import Models
import NeuralNetwork
import Tensor

/// Times the engine, forward and backward to the picture at 224×224, beside PyTorch in one run.
struct EngineBenchmark {
  /// Work to be timed and its budget as a ratio of PyTorch's best time in single precision.
  struct Task {
    let title: String
    /// The peer's name for it.
    let peer: String
    let batch: Int
    let budget: Double
    var precision = Precision.float32
    /// Whose network it is alone.
    var architecture: (any Architecture)?
    let prepare: (_ threads: Int) throws -> () throws -> Void

    var name: String { "\(title), batch \(batch)" + (precision == .float32 ? "" : ", \(precision.rawValue)") }
  }

  let python: String?
  let rounds: Int
  /// 0: all cores.
  let threads: Int

  static var tasks: [Task] {
    [
      network("ResNet-50", "resnet50", resNet50, budget: 0.60),
      network("ResNet-50", "resnet50", resNet50, batch: 8, budget: 0.78),
      network("DenseNet-121", "densenet121", denseNet121, budget: 0.78),
      network("ConvNeXt-base", "convnext_base", convNeXtBase, budget: 0.78),
      network("ViT-B/16", "vit_b_16", transformer(16, 768, 12, 12), budget: 0.70),
      network("ViT-L/16", "vit_l_16", transformer(16, 1024, 24, 16), budget: 0.78),
      network("ViT-L/16", "vit_l_16", transformer(16, 1024, 24, 16), batch: 8, budget: 0.78),
      network("ViT-L/32", "vit_l_32", transformer(32, 1024, 24, 16), budget: 0.55),
      Task(
        title: "sort matching, 8 taps of ResNet-50", peer: "sort", batch: 1, budget: 0.12, prepare: sorting),
      Task(title: "VITAL step, ResNet-50, 8 taps", peer: "vital", batch: 1, budget: 0.30, prepare: vital),
      Task(
        title: "relevance (epsilon-plus-flat), ResNet-50", peer: "relevance", batch: 1, budget: 0.50,
        prepare: relevance),
      Task(
        title: "VITAL step with relevance, a neuron of ResNet-50", peer: "inner", batch: 1, budget: 0.40,
        prepare: inner),
      network("ResNet-50", "resnet50", resNet50, budget: 0.55, .bfloat16),
      network("ResNet-50", "resnet50", resNet50, batch: 8, budget: 0.80, .bfloat16),
      network("DenseNet-121", "densenet121", denseNet121, budget: 0.78, .bfloat16),
      network("ConvNeXt-base", "convnext_base", convNeXtBase, budget: 0.78, .bfloat16),
      network("ViT-B/16", "vit_b_16", transformer(16, 768, 12, 12), budget: 0.65, .bfloat16),
      network("ViT-L/16", "vit_l_16", transformer(16, 1024, 24, 16), budget: 0.65, .bfloat16),
    ]
  }

  /// Times the tasks whose name ("ResNet-50, batch 1") contains one of `filters`, all if there are none, and
  /// prints a table.
  func run(filters: [String]) throws {
    let chosen = Self.tasks.filter { task in filters.isEmpty || filters.contains { task.name.contains($0) } }
    guard !chosen.isEmpty else { return }
    let count = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    _ = vitrine_set_threads(Int32(count))
    Table.say(
      """
      Forward and backward to the picture, \(count) threads, medians; milliseconds by the clock (of the processors).

      | work | Vitrine | PyTorch, best | its setting | ratio | budget | rounds | peak memory, MiB |
      |---|---|---|---|---|---|---|---|
      """)
    for task in chosen { Table.say(try row(task, threads: count)) }
  }

  /// Says for each chosen network what its time goes to.
  func explain(filters: [String], isLong: Bool) throws {
    let count = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    for task in Self.tasks where filters.isEmpty || filters.contains(where: { task.name.contains($0) }) {
      guard let architecture = task.architecture else { continue }
      try StepBenchmark(
        title: task.title, architecture: architecture, batch: task.batch,
        options: .init(precision: task.precision, threads: count), rounds: rounds
      ).run(isLong: isLong)
    }
  }

  private func row(_ task: Task, threads: Int) throws -> String {
    PeakMemory.reset()
    let step = try task.prepare(threads)
    let peer = try python.map {
      try Peer(
        python: $0, arguments: [task.peer, "\(task.batch)", "\(threads)", task.precision.rawValue])
    }
    let outcome = try SideBySide(rounds: rounds).run([step], beside: peer)
    let (mine, best) = (outcome.ours[0], outcome.best)
    let cells = [
      task.name, mine.description, best?.sample.description ?? "", best?.name ?? "",
      best.map { mine.ratio(to: $0.sample) } ?? "", String(format: "%.2f", task.budget),
      "\(outcome.rounds)", PeakMemory.read().map { "\($0)" } ?? "",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
