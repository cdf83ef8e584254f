/// A patch of a searched picture with what it was found for.
public struct PatchPlace: Sendable, Equatable {
  /// The unit's activation.
  public let score: Float
  private let pictureNumber: UInt32
  private let patchNumber: UInt32

  /// Which picture of the list, from 0.
  public var picture: Int { Int(pictureNumber) }
  /// Which patch of it, row after row.
  public var patch: Int { Int(patchNumber) }

  init(score: Float, picture: Int, patch: Int) {
    self.score = score
    pictureNumber = UInt32(truncatingIfNeeded: picture)
    patchNumber = UInt32(truncatingIfNeeded: patch)
  }

  /// Whether it comes before another: by its score, of equal ones the earlier picture's.
  func precedes(_ other: PatchPlace) -> Bool {
    score == other.score ? picture < other.picture : score > other.score
  }
}

/// The best of any number of patches, for one unit, in memory for a fixed number.
struct PatchHeap: Equatable {
  /// How many are kept.
  let capacity: Int
  /// The worst first: a binary heap.
  private(set) var places: [PatchPlace] = []

  init(capacity: Int, _ places: [PatchPlace] = []) {
    self.capacity = capacity
    self.places.reserveCapacity(places.count)
    for place in places { insert(place) }
  }

  /// Best first.
  var sorted: [PatchPlace] { places.sorted { $0.precedes($1) } }

  /// Whether both keep the same patches: where a heap has them depends on their order of arrival.
  static func == (a: PatchHeap, b: PatchHeap) -> Bool { a.capacity == b.capacity && a.sorted == b.sorted }

  /// Takes a patch in if it is among the best so far.
  mutating func insert(_ place: PatchPlace) {
    if places.count < capacity {
      places.append(place)
      rise()
    } else if let worst = places.first, place.precedes(worst) {
      places[0] = place
      sink()
    }
  }

  private mutating func rise() {
    var child = places.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard places[parent].precedes(places[child]) else { return }
      places.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < places.count {
        if places[worst].precedes(places[child]) { worst = child }
      }
      guard worst != parent else { return }
      places.swapAt(parent, worst)
      parent = worst
    }
  }
}
