import CKernels
import Foundation

// Usage: Benchmarks [--python PATH] [--rounds N] [--threads N] [NAME…]
//        Benchmarks --fast [--set NAME=VALUE]… [NETWORK…] [CLASS…]
//        Benchmarks --patches [--pictures N] [--threads N]
//        Benchmarks --gallery [--rounds N] [--folder PATH]
//        Benchmarks --steps [--long] [--rounds N] [--threads N] [NAME…]
// Times what NAMEs occur in (all by default): networks, then a step of each method; beside PyTorch if PATH is a Python
// that has it. With --fast compares VITAL with its faster form on NETWORKs of the demo and CLASSes (all by default).
// With --gallery times a gallery of 4,000 exhibit pages beside Hugo; PATH keeps what it is made from.
// With --steps says what the time of the networks goes to, by kind of step or (--long) step by step.
// With --patches compares the search for patches over N photographs (500 by default) with the network alone.

vitrine_wait_briefly(CommandLine.unsafeArgv)
var arguments = Array(CommandLine.arguments.dropFirst())

/// Takes an option and its value off the arguments.
@MainActor func option(_ name: String) -> String? {
  guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
  defer { arguments.removeSubrange(index...index + 1) }
  return arguments[index + 1]
}

/// Takes a flag off the arguments.
@MainActor func flag(_ name: String) -> Bool {
  guard let index = arguments.firstIndex(of: name) else { return false }
  arguments.remove(at: index)
  return true
}

let isFast = flag("--fast")
let isPatches = flag("--patches")
let isGallery = flag("--gallery")
let isSteps = flag("--steps")
let isLong = flag("--long")
let folder = option("--folder")
let pictures = option("--pictures").flatMap { Int($0) } ?? 500
var settings: [String: String] = [:]
while let pair = option("--set")?.split(separator: "=", maxSplits: 1), pair.count == 2 {
  settings[String(pair[0])] = String(pair[1])
}
let python = option("--python")
let rounds = option("--rounds").flatMap { Int($0) } ?? 11
let threads = option("--threads").flatMap { Int($0) } ?? 0
if rounds < 1 || pictures < 1 || arguments.contains(where: { $0.hasPrefix("-") }) {
  print("usage: Benchmarks [--python PATH] [--rounds N] [--threads N] [NAME…]")
  exit(2)
}
do {
  if isFast {
    try FastBenchmark(names: arguments, settings: settings).run()
    exit(0)
  }
  if isGallery {
    try GalleryBenchmark(rounds: rounds, folder: folder).run()
    exit(0)
  }
  if isPatches {
    try PatchBenchmark(pictures: pictures, threads: threads).run()
    exit(0)
  }
  if isSteps {
    try EngineBenchmark(python: nil, rounds: rounds, threads: threads).explain(
      filters: arguments, isLong: isLong)
    exit(0)
  }
  try EngineBenchmark(python: python, rounds: rounds, threads: threads).run(filters: arguments)
  try MethodBenchmark(python: python, rounds: rounds, threads: threads).run(filters: arguments)
} catch {
  print("benchmark failed: \(error)")
  exit(1)
}
