import Foundation

/// Makes things on threads of its own, a few ahead of whoever takes them, and hands them out in order.
///
/// No more are held at once than `ahead`, so that memory doesn't depend on how many there are.
final class PictureFeed<Made: Sendable>: @unchecked Sendable {
  /// Guards everything below; told of each change.
  private let condition = NSCondition()
  private var ready: [Int: Made] = [:]
  /// The next to be begun.
  private var begun: Int
  /// The next to be handed out.
  private var taken: Int
  private var isStopped = false
  private let end: Int
  private let ahead: Int
  private let threads = DispatchGroup()

  /// Begins to make what belongs to the numbers of a range.
  init(_ range: Range<Int>, threads count: Int, ahead: Int, make: @escaping @Sendable (Int) -> Made) {
    (begun, taken, end) = (range.lowerBound, range.lowerBound, range.upperBound)
    self.ahead = max(1, ahead)
    for number in 0..<max(1, min(count, range.count)) {
      threads.enter()
      let thread = Thread { [self, threads] in
        while let next = begin() { put(make(next), at: next) }
        threads.leave()
      }
      // As large as the main thread's: picture libraries count on that.
      thread.stackSize = 8 << 20
      thread.name = "pictures \(number + 1)"
      thread.start()
    }
  }

  /// The next, as soon as it is made; `nil` after the last.
  func next() -> Made? {
    condition.lock()
    defer { condition.unlock() }
    guard taken < end else { return nil }
    while true {
      if let made = ready.removeValue(forKey: taken) {
        taken += 1
        condition.broadcast()
        return made
      }
      condition.wait()
    }
  }

  /// Makes no more, and waits for what is being made.
  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
    threads.wait()
  }

  /// What to make next, once there is room for it; `nil` if there is nothing more.
  private func begin() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, begun < end, begun - taken >= ahead { condition.wait() }
    guard !isStopped, begun < end else { return nil }
    begun += 1
    return begun - 1
  }

  private func put(_ made: Made, at place: Int) {
    condition.lock()
    defer { condition.unlock() }
    ready[place] = made
    condition.broadcast()
  }
}
