import Glibc

/// Memory of a plan, aligned for the widest vectors, zeroed once.
final class Storage {
  let start: UnsafeMutablePointer<Float>
  let capacity: Int

  private static let hugePage = 2 << 20

  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    let size = self.capacity * MemoryLayout<Float>.stride
    // The processor looks up few pages at a time; a large block read with wide steps would wait for it.
    let isLarge = size >= 2 * Self.hugePage
    let raw = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? Self.hugePage : 64)
    if isLarge { _ = madvise(raw, size, Int32(MADV_HUGEPAGE)) }
    start = raw.bindMemory(to: Float.self, capacity: self.capacity)
    start.initialize(repeating: 0, count: self.capacity)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}

/// A value or gradient in memory while a network runs.
struct Value {
  let extents: Extents
  let storage: Storage

  var start: UnsafeMutablePointer<Float> { storage.start }
  var count: Int { extents.count }
  var layout: Layout { extents.layout }

  /// The value itself, or room of its own for it in another layout.
  func room(in layout: Layout) -> Value {
    guard layout != self.layout else { return self }
    let extents = extents.with(layout)
    return Value(extents: extents, storage: Storage(capacity: extents.count))
  }
}

/// Hands out memory while planning, and hands it out again once a plan says that nobody will read it any more.
struct StoragePool {
  private var free: [Storage] = []

  /// The smallest free block that is large enough, or a new one.
  mutating func take(_ extents: Extents) -> Value {
    let count = extents.count
    let fitting = free.indices.filter { free[$0].capacity >= count && free[$0].capacity <= 2 * count }
    if let best = fitting.min(by: { free[$0].capacity < free[$1].capacity }) {
      return Value(extents: extents, storage: free.remove(at: best))
    }
    return Value(extents: extents, storage: Storage(capacity: count))
  }

  /// Says that steps planned from now on may overwrite a block.
  mutating func release(_ storage: Storage) {
    if !free.contains(where: { $0 === storage }) { free.append(storage) }
  }
}
