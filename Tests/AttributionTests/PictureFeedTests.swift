import Foundation
import Synchronization
import Testing

@testable import Attribution

@Suite(.timeLimit(.minutes(10))) struct PictureFeedTests {
  @Test func givesInOrderAndHoldsFew() {
    let made = Atomic(0)
    let most = Atomic(0)
    let taken = Atomic(0)
    let feed = PictureFeed(3..<200, threads: 3, ahead: 5) { number in
      let held = made.wrappingAdd(1, ordering: .relaxed).newValue - taken.load(ordering: .relaxed)
      most.max(held, ordering: .relaxed)
      usleep(UInt32(number % 7) * 100)
      return number
    }
    for number in 3..<200 {
      #expect(feed.next() == number)
      taken.add(1, ordering: .relaxed)
    }
    #expect(feed.next() == nil)
    // One more may have been counted as held between being handed out and being told as taken.
    #expect(most.load(ordering: .relaxed) <= 6)
    feed.stop()
  }

  @Test func stopsInTheMiddle() {
    let made = Atomic(0)
    let feed = PictureFeed(0..<1_000_000, threads: 4, ahead: 4) { number in
      made.add(1, ordering: .relaxed)
      return number
    }
    #expect(feed.next() == 0)
    feed.stop()
    let count = made.load(ordering: .relaxed)
    #expect(count <= 6)
    usleep(20_000)
    #expect(made.load(ordering: .relaxed) == count)
  }

  @Test func nothingToMake() {
    let feed = PictureFeed(5..<5, threads: 2, ahead: 2) { $0 }
    #expect(feed.next() == nil)
    feed.stop()
  }
}
