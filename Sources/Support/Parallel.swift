import Dispatch
import Foundation

/// Work on many things at once, on all cores.
public enum Parallel {
  /// How many cores there are.
  public static let cores = ProcessInfo.processInfo.activeProcessorCount

  /// What `body` makes of each number below `count`, in order. Throws the first error by that order.
  ///
  /// Neighbours are worked on one after the other rather than at once: files of one folder, say, whose making would wait
  /// for each other.
  public static func map<Value, Failure>(
    _ count: Int, _ body: (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let length = max(1, (count + cores - 1) / cores)
    var results = [Result<Value, Failure>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      // Each call writes a place of its own.
      nonisolated(unsafe) let places = results
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: length * cores) { turn in
        // The n-th of one core's part, then of the next one's.
        let index = turn % cores * length + turn / cores
        guard index < count else { return }
        do throws(Failure) {
          places[index] = .success(try body(index))
        } catch {
          places[index] = .failure(error)
        }
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results { if let result { values.append(try result.get()) } }
    return values
  }

  /// The numbers below `count` in so many runs, about equally long: for work on so little that each by itself isn't worth
  /// a turn.
  public static func runs(of count: Int, _ number: Int = cores) -> [Range<Int>] {
    (0..<number).map { $0 * count / number..<($0 + 1) * count / number }.filter { !$0.isEmpty }
  }
}
