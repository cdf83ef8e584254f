/// A part of a plan's jobs: `2/8` is the second of eight. Which job is in which part depends on its identity
/// alone, so that runs on several machines need not talk.
public struct Shard: Sendable, Equatable {
  /// Which part, from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// Reads `i/n` with 1 ≤ i ≤ n; `nil` if it isn't that.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 1, index <= count
    else {
      return nil
    }
    self.index = index
    self.count = count
  }

  func includes(_ identity: String) -> Bool {
    let number = UInt64(identity.prefix(15), radix: 16) ?? 0
    return Int(number % UInt64(count)) == index - 1
  }
}
