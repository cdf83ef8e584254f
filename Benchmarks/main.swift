import CKernels
import Foundation

// Usage: Benchmarks [--python PATH] [--rounds N] [--threads N] [NAME…]
// Times what NAMEs occur in (all by default), beside PyTorch if PATH is a Python that has it.

vitrine_wait_briefly(CommandLine.unsafeArgv)
var arguments = Array(CommandLine.arguments.dropFirst())

/// Takes an option and its value off the arguments.
@MainActor func option(_ name: String) -> String? {
  guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(index...index + 1) }
  return arguments[index + 1]
}

let python = option("--python")
let rounds = option("--rounds").flatMap { Int($0) } ?? 11
let threads = option("--threads").flatMap { Int($0) } ?? 0
if rounds < 1 || arguments.contains(where: { $0.hasPrefix("-") }) {
  print("usage: Benchmarks [--python PATH] [--rounds N] [--threads N] [NAME…]")
  exit(2)
}
do {
  try EngineBenchmark(python: python, rounds: rounds, threads: threads).run(filters: arguments)
} catch {
  print("benchmark failed: \(error)")
  exit(1)
}
