import Tensor
import Testing

@testable import Attribution

@Suite struct PatchHeapTests {
  /// Against sorting everything, with many equal scores: of those the earlier pictures stay.
  @Test func keepsTheBest() {
    var random = RandomSource(seed: 1)
    for capacity in [0, 1, 2, 7, 64, 500] {
      let places = (0..<300).map { picture in
        PatchPlace(
          score: Float(Int.random(in: -5...5, using: &random)), picture: picture, patch: picture % 16)
      }
      let expected = Array(places.sorted { ($1.score, $0.picture) < ($0.score, $1.picture) }.prefix(capacity))
      for order in [places, places.reversed(), places.shuffled(using: &random)] {
        let heap = PatchHeap(capacity: capacity, order)
        #expect(heap.places.count <= capacity && heap.sorted == expected)
      }
    }
  }

  /// What the memory of a search is made of.
  @Test func aPatchTakesTwelveBytes() {
    #expect(MemoryLayout<PatchPlace>.stride == 12)
  }
}
