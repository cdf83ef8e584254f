import Foundation
import Support
import Synchronization
import Testing

@testable import Exhibition

@Suite struct FactsCacheTests {
  let place: Workplace
  let store: Store

  init() throws {
    place = try Workplace()
    store = Store(folder: place.path + "/store")
  }

  struct NotFound: Error {}

  @Test func factsAreFoundOnceForEachFingerprint() throws {
    let cache = FactsCache()
    var asked = 0
    func ask(_ fingerprint: String) throws -> Int {
      try cache.fact("a", fingerprint: fingerprint) {
        asked += 1
        return asked
      }
    }
    #expect(try [ask("1"), ask("1"), ask("2"), ask("2")] == [1, 1, 2, 2])
    // Only the last is remembered: files don't change back.
    #expect(try ask("1") == 3)
  }

  @Test func whatCannotBeFoundIsAskedAgain() throws {
    let cache = FactsCache()
    #expect(throws: NotFound.self) {
      try cache.fact("a", fingerprint: "1") { () throws -> Int in throw NotFound() }
    }
    #expect(try cache.fact("a", fingerprint: "1") { 7 } == 7)
  }

  @Test func factsSurviveTheRunAndAnotherTypeIsFoundAnew() throws {
    let cache = FactsCache(store: store)
    _ = try cache.fact("a", fingerprint: "1") { ["x", "y"] }
    cache.save()
    #expect(place.files("store") == ["cache", "cache/facts.json"])
    let again = FactsCache(store: store)
    #expect(try again.fact("a", fingerprint: "1") { () -> [String] in throw NotFound() } == ["x", "y"])
    #expect(try again.fact("a", fingerprint: "1") { 3 } == 3)
  }

  @Test(arguments: [
    "", "{", "[]", "{\"a\": 1}", "{\"a\": {\"fingerprint\": \"1\", \"value\": \"}\"}}", "\u{0}\u{1}",
  ])
  func damagedFileCostsOnlyTime(_ text: String) throws {
    try place.file("store/cache/facts.json", text)
    let cache = FactsCache(store: store)
    #expect(try cache.fact("a", fingerprint: "1") { 5 } == 5)
    cache.save()
    #expect(try FactsCache(store: store).fact("a", fingerprint: "1") { () -> Int in throw NotFound() } == 5)
  }

  @Test func aFolderThatCannotBeWrittenIsNoFault() throws {
    try place.file("store", "a file where the folder should be")
    let cache = FactsCache(store: store)
    #expect(try cache.fact("a", fingerprint: "1") { 5 } == 5)
    cache.save()
    #expect(place.files() == ["store"])
  }

  @Test func digestsFollowTheFile() throws {
    let cache = FactsCache(store: store)
    let path = place.path + "/a.txt"
    try place.file("a.txt", "one")
    #expect(try cache.digest(of: path) == Digest.sha256("one"))
    try place.file("a.txt", "three")
    #expect(try cache.digest(of: path) == Digest.sha256("three"))
    // Another file of the same length under the same name.
    try place.file("b.txt", "seven")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: place.path + "/b.txt", toPath: path)
    #expect(try cache.digest(of: path) == Digest.sha256("seven"))
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: FileError.self) { try cache.digest(of: path) }
  }

  @Test func manyThreadsMayAskAtOnce() throws {
    let cache = FactsCache(store: store)
    let sum = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      let value = try? cache.fact("\(number % 10)", fingerprint: "1") { number % 10 }
      sum.withLock { $0 += value ?? -1000 }
      if number % 50 == 0 { cache.save() }
    }
    #expect(sum.withLock { $0 } == 20 * 45)
  }
}
