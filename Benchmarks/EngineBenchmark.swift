import CKernels
import Foundation
import Models
import Network
import Tensor

/// Times the engine, forward and backward to the picture at 224×224, beside PyTorch in one run: each round runs
/// both once, so that both meet the same neighbours on a shared machine.
struct EngineBenchmark {
  /// Work to be timed and its budget as a ratio of PyTorch's best time in single precision.
  struct Task {
    let title: String
    /// The peer's name for it.
    let peer: String
    let batch: Int
    let budget: Double
    var precision = Precision.float32
    let prepare: (_ threads: Int) throws -> () throws -> Void

    var name: String { "\(title), batch \(batch)" + (precision == .float32 ? "" : ", \(precision.rawValue)") }
  }

  /// Wall and processor milliseconds of one run.
  struct Sample {
    var wall: Double
    var processor: Double
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
    let count = threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount
    _ = vitrine_set_threads(Int32(count))
    say(
      """
      Forward and backward to the picture, \(count) threads, medians of \(rounds) rounds; milliseconds by the clock \
      (of the processors).

      | work | Vitrine | PyTorch, best | its setting | ratio | budget | peak memory, MiB |
      |---|---|---|---|---|---|---|
      """)
    for task in Self.tasks {
      guard filters.isEmpty || filters.contains(where: { task.name.contains($0) })
      else { continue }
      say(try row(task, threads: count))
    }
  }

  /// Writes a line at once, also into a pipe.
  private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private func row(_ task: Task, threads: Int) throws -> String {
    PeakMemory.reset()
    let step = try task.prepare(threads)
    let peer = try python.map {
      try Peer(
        python: $0, arguments: [task.peer, "\(task.batch)", "\(threads)", task.precision.rawValue])
    }
    _ = (try measure(step), try peer?.round())
    var (ours, theirs): ([Sample], [String: [Sample]]) = ([], [:])
    for _ in 0..<rounds {
      ours.append(try measure(step))
      for (variant, sample) in try peer?.round() ?? [:] { theirs[variant, default: []].append(sample) }
    }
    let mine = median(ours)
    let best = theirs.mapValues(median).min { $0.value.wall < $1.value.wall }
    let ratio = best.map { best in
      String(format: "%.2f (%.2f)", mine.wall / best.value.wall, mine.processor / best.value.processor)
    }
    let cells = [
      task.name, format(mine), best.map { format($0.value) } ?? "", best?.key ?? "", ratio ?? "",
      String(format: "%.2f", task.budget), PeakMemory.read().map { "\($0)" } ?? "",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func format(_ sample: Sample) -> String {
    String(format: "%.1f (%.1f)", sample.wall, sample.processor)
  }

  private func median(_ samples: [Sample]) -> Sample {
    Sample(
      wall: samples.map(\.wall).sorted()[samples.count / 2],
      processor: samples.map(\.processor).sorted()[samples.count / 2])
  }

  private func measure(_ step: () throws -> Void) rethrows -> Sample {
    let (wall, processor) = (Self.clock(CLOCK_MONOTONIC), Self.clock(CLOCK_PROCESS_CPUTIME_ID))
    try step()
    return Sample(
      wall: Self.clock(CLOCK_MONOTONIC) - wall, processor: Self.clock(CLOCK_PROCESS_CPUTIME_ID) - processor)
  }

  private static func clock(_ id: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(id, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
  }
}
