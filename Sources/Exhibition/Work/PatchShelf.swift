import Attribution

/// What was found in natural pictures for all units of a layer, for all jobs of a run that are about the same layer and
/// pictures.
typealias PatchShelf = Shelf<PatchShelfKey, PatchIndex>

/// Everything that decides what is found.
struct PatchShelfKey: Hashable, Sendable {
  let model: String
  let weightsHash: String
  let subject: String
  let precision: String
  let pictures: [String]
}

extension Shelf where Key == PatchShelfKey, Value == PatchIndex {
  /// A shelf that keeps at most so many bytes.
  convenience init(limit: Int = 256 << 20) {
    self.init(limit: limit) { $0.bytes }
  }
}
