import Dispatch
import Foundation

/// Work on many things at once, on all cores.
enum Parallel {
  private static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// What `body` makes of each number below `count`, in order. Throws the first error by that order.
  ///
  /// Neighbours are worked on one after the other rather than at once: files of one folder, say, whose making would wait
  /// for each other.
  static func map<Value>(_ count: Int, _ body: (Int) throws -> Value) throws -> [Value] {
    let length = max(1, (count + cores - 1) / cores)
    var results = [Result<Value, any Error>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      // Each call writes a place of its own.
      nonisolated(unsafe) let places = results
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: length * cores) { turn in
        // The n-th of one core's part, then of the next one's.
        let index = turn % cores * length + turn / cores
        if index < count { places[index] = Result { try body(index) } }
      }
    }
    return try results.compactMap { try $0?.get() }
  }
}
