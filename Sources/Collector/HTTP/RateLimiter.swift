import Synchronization

/// Keeps rates by name (token buckets). It is in memory only and forgets whoever has rested.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let buckets = Mutex([String: Bucket]())
  private static let most = 20_000

  /// Whether one more request of a name is within its rate.
  func allows(_ name: String, _ limit: RateLimit, now: ContinuousClock.Instant = .now) -> Bool {
    buckets.withLock { buckets in
      if buckets.count >= Self.most {
        // Full buckets are as good as none.
        buckets = buckets.filter { ($0.value.filledAt.duration(to: now)) < .seconds(60) }
        if buckets.count >= Self.most { buckets = [:] }
      }
      var bucket = buckets[name] ?? Bucket(tokens: limit.burst, filledAt: now)
      let seconds = bucket.filledAt.duration(to: now) / .seconds(1)
      bucket.tokens = min(limit.burst, bucket.tokens + max(0, seconds) * limit.perSecond)
      bucket.filledAt = now
      let isAllowed = bucket.tokens >= 1
      if isAllowed { bucket.tokens -= 1 }
      buckets[name] = bucket
      return isAllowed
    }
  }
}
