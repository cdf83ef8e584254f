/// Damages a file's bytes as chance and hostile writers do, the same way for the same seed.
struct Mutation {
  private var random: Chance
  /// Numbers at which readers stumble.
  private static let numbers: [UInt64] = [
    0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, 0x2000_0000_0000_0000,
  ]
  /// Bytes that texts and pickles are made of.
  private static let letters = Array(#"{}[]()",:'0123456789-eE.\uFLBTrue}htqaR(csb.QKMJX"#.utf8)

  init(seed: UInt64) { random = Chance(state: seed) }

  /// The bytes with one to four changes.
  mutating func damaged(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<random.integer(1...4) {
      if bytes.isEmpty { bytes = [0] }
      change(&bytes)
    }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = random.integer(0...bytes.count - 1)
    let length = min(random.integer(1...24), bytes.count - place)
    switch random.integer(0...9) {
    case 0: bytes[place] = UInt8(random.integer(0...255))
    case 1: bytes[place] ^= 1 << random.integer(0...7)
    case 2: bytes[place] = Self.letters[random.integer(0...Self.letters.count - 1)]
    case 3: bytes.removeSubrange(place..<place + length)
    case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 5: bytes.removeLast(random.integer(1...bytes.count))
    case 6: bytes[place] = bytes[place] &+ (random.integer(0...1) == 0 ? 1 : 255)
    case 7:
      let other = random.integer(0...bytes.count - length)
      bytes.replaceSubrange(place..<place + length, with: Array(bytes[other..<other + length]))
    default:
      let number =
        Self.numbers[random.integer(0...Self.numbers.count - 1)] &+ UInt64(random.integer(0...2))
      let size = min(1 << random.integer(0...3), bytes.count - place)
      for index in 0..<size {
        bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
      }
    }
  }

  /// SplitMix64 (Steele, Lea & Flood 2014). `Tensor` has it too, but would take most of the sanitized build.
  private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      return bits ^ bits >> 31
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  }
}
