import Checkpoints
import Foundation

/// Opens damaged copies of good checkpoints and reads all that they hold. Whatever is in them, the reader must give
/// numbers or an error: a trap, a hang or memory without bound ends the run.
struct FuzzRun {
  /// How many copies were read, and how many refused.
  struct Outcome {
    var accepted = 0
    var refused = 0
    /// Longest time that a copy took, in seconds.
    var slowest = 0.0
  }

  /// A copy that took too long.
  struct Slow: Error, CustomStringConvertible {
    let description: String
  }

  /// Where the damaged copy is written; after a crash it is still there.
  let scratch: String
  /// Longest time for a copy, in seconds.
  var patience = 30.0

  /// Reads `rounds` damaged copies of a file. Throws ``Slow``.
  func run(_ path: String, rounds: Int, seed: UInt64 = 1) throws -> Outcome {
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var mutation = Mutation(seed: seed)
    var outcome = Outcome()
    for round in 0..<rounds {
      try Data(mutation.damaged(original)).write(to: URL(fileURLWithPath: scratch))
      let start = Date()
      if read() { outcome.accepted += 1 } else { outcome.refused += 1 }
      let time = -start.timeIntervalSinceNow
      outcome.slowest = max(outcome.slowest, time)
      guard time <= patience else {
        throw Slow(description: "copy \(round) of \(path) takes \(time) s; it lies at \(scratch)")
      }
    }
    return outcome
  }

  /// Whether the copy is accepted; all its numbers are touched.
  private func read() -> Bool {
    do {
      let checkpoint = try Checkpoint(path: scratch)
      for tensor in checkpoint.tensors where tensor.isFloat {
        let reading = try tensor.reading()
        let floats = reading.floats
        let count = withExtendedLifetime(floats.owner) { floats.values.count { !$0.isFinite } }
        precondition(count == reading.nonFiniteCount, "\(tensor.name): two ways of counting differ")
      }
      return true
    } catch {
      precondition(!"\(error)".isEmpty)
      return false
    }
  }
}
