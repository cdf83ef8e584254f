import Dispatch

/// Work on many things at once, on all cores.
enum Parallel {
  /// What `body` makes of each number below `count`, in order. Throws the first error by that order.
  static func map<Value>(_ count: Int, _ body: (Int) throws -> Value) throws -> [Value] {
    var results = [Result<Value, any Error>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      // Each call writes a place of its own.
      nonisolated(unsafe) let places = results
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: count) { index in
        places[index] = Result { try body(index) }
      }
    }
    return try results.compactMap { try $0?.get() }
  }
}
