/// Memory that a plan's steps write and read within one run of theirs; as they run one after another, they share it.
final class Scratch {
  private var storage = Storage(capacity: 0)

  /// Makes it hold at least so many numbers; done while planning.
  func reserve(_ count: Int64) {
    if Int(count) > storage.capacity { storage = Storage(capacity: Int(count)) }
  }

  /// Its first number; may change while planning.
  var start: UnsafeMutablePointer<Float> { storage.start }
}
