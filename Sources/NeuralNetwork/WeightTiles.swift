import CKernels

/// A matrix of weights in the order in which products read it, for W and Wᵀ alike (`vitrine_tile`), never changed.
final class WeightTiles: @unchecked Sendable {
  private let storage: Storage
  private let precision: Precision

  /// Lays out a row-major matrix.
  init(rows: Int, columns: Int, of matrix: UnsafePointer<Float>, precision: Precision) {
    self.precision = precision
    let count = Int(vitrine_tiled_count(Int64(rows), Int64(columns)))
    switch precision {
    case .float32:
      storage = Storage(capacity: count)
      vitrine_tile(Int64(rows), Int64(columns), matrix, storage.start)
    case .bfloat16:
      storage = Storage(capacity: (count + 1) / 2)
      storage.start.withMemoryRebound(to: UInt16.self, capacity: count) {
        vitrine_tile_halves(Int64(rows), Int64(columns), matrix, $0)
      }
    }
  }

  /// Makes them the right side of a product that reads tiles.
  func serve(_ product: inout vitrine_product) {
    switch precision {
    case .float32: product.b = UnsafePointer(storage.start)
    case .bfloat16: product.halves = UnsafeRawPointer(storage.start).assumingMemoryBound(to: UInt16.self)
    }
  }
}
