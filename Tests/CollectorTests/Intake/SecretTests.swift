import Testing

@testable import Collector

@Suite struct SecretTests {
  @Test func formsAndStrength() {
    let tokens = (0..<1000).map { _ in Secret.token() }
    #expect(Set(tokens).count == 1000 && tokens.allSatisfy(Secret.isToken))
    let codes = (0..<1000).map { _ in Secret.withdrawalCode() }
    #expect(Set(codes).count == 1000)
    #expect(codes.allSatisfy { Secret.withdrawalCode(written: $0) == $0 })
    // Every digit of the alphabet at every place: nothing is left constant.
    for place in [0, 3, 5, 13] { #expect(Set(codes.map { Array($0)[place] }).count == 32) }
  }

  @Test func codesAsPeopleWriteThem() {
    #expect(Secret.withdrawalCode(written: " 7kqx2m9d 04tw ") == "7KQX-2M9D-04TW")
    #expect(Secret.withdrawalCode(written: "oilo-0000-0000") == "0110-0000-0000")
    for text in ["", "7KQX", "7KQX-2M9D-04TU", "7KQX-2M9D-04TW-0", "7KQX-2M9D-04T!"] {
      #expect(Secret.withdrawalCode(written: text) == nil, "\(text)")
    }
  }

  @Test func ratesFillUpAgain() {
    let limiter = RateLimiter()
    let limit = RateLimit(perSecond: 2, burst: 3)
    let now = ContinuousClock.now
    #expect((0..<4).map { _ in limiter.allows("a", limit, now: now) } == [true, true, true, false])
    #expect(limiter.allows("b", limit, now: now))
    #expect(limiter.allows("a", limit, now: now + .milliseconds(500)))
    #expect(!limiter.allows("a", limit, now: now + .milliseconds(500)))
    // A clock that steps back gives nothing away.
    #expect(!limiter.allows("a", limit, now: now))
  }
}
