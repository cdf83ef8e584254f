import Foundation

/// A seeded, splittable generator (xoshiro256**, Blackman & Vigna 2018, seeded by SplitMix64): the same seed
/// gives the same numbers on every machine.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator for a seed.
  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// An independent generator for a part of the work, named so that adding a part disturbs no other.
  public init(seed: UInt64, label: String) {
    self.init(seed: SplitMix64.hash(label) ^ SplitMix64(state: seed).peek())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotate(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// A number in [0, 1) with 24 random bits.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number in [low, high).
  public mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }

  /// An integer in a closed range, each equally likely.
  public mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A standard normal number (Box–Muller, one of the pair).
  public mutating func normal() -> Float {
    let radius = (-2 * log(1 - Double(next() >> 11) * 0x1p-53)).squareRoot()
    return Float(radius * cos(2 * .pi * Double(next() >> 11) * 0x1p-53))
  }

  /// Fills a buffer with standard normal numbers.
  public mutating func fillNormal(_ values: inout [Float], deviation: Float = 1) {
    for index in values.indices { values[index] = deviation * normal() }
  }

  private func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
}

/// SplitMix64 (Steele, Lea & Flood 2014): a counter-based hash, used for seeds and for hashed test weights.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that starts at a counter.
  public init(state: UInt64) { self.state = state }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The number that `next()` would give, without moving on.
  public func peek() -> UInt64 {
    var copy = self
    return copy.next()
  }

  /// The 64-bit FNV-1a hash of a text.
  public static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
