import Foundation

/// PyTorch in a process of its own, which runs a step whenever it is asked to. Its OpenMP threads wait for one another
/// as ours do: that setting is in the environment, which it inherits, and helps it on a busy machine, too.
final class Peer {
  /// Why the peer can't be timed.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(python: String, arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["tools/bench_torch.py"] + arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // It must not start up while something else is timed.
    _ = try line()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// One more run of each variant.
  func round() throws -> [String: Sample] {
    try input.fileHandleForWriting.write(contentsOf: Data("run\n".utf8))
    return try JSONDecoder().decode([String: [Double]].self, from: line())
      .mapValues { Sample(wall: $0[0], processor: $0[1]) }
  }

  private func line() throws -> Data {
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      guard let part = try output.fileHandleForReading.read(upToCount: 1), !part.isEmpty else {
        throw Failure(
          description: "tools/bench_torch.py ended early; run benchmarks in the repository's root")
      }
      line.append(part)
    }
    return line
  }
}
