import CKernels

/// How many threads the loops beside the network share; the network's executor sees to its own. Without this a
/// job of one thread would wake all processors for each small loop, and wait for them on a busy machine.
struct Threads {
  private let count: Int32

  /// 0 stands for all processors.
  init(_ count: Int) { self.count = count > 0 ? Int32(count) : vitrine_processors() }

  /// Sets the calling thread's number, and gives the former one to restore.
  func take() -> Threads { Threads(Int(vitrine_set_threads(count))) }

  /// Sets the calling thread's number again.
  func restore() { _ = vitrine_set_threads(count) }
}
