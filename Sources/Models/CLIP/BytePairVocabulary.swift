/// The symbols of byte-pair encoding and the order in which pairs of them are merged (Sennrich et al. 2016, arXiv
/// 1508.07909, over bytes as in GPT-2, with an end of word as in CLIP).
///
/// Symbols are written in an alphabet that gives each byte a printable character; `</w>` ends the last of a word.
public struct BytePairVocabulary: Sendable {
  /// How many symbols there are, special ones included.
  public let count: Int
  /// The mark that starts a text.
  let start: Int
  /// The mark that ends a text.
  let end: Int
  /// The symbol of each byte within a word, and of one that ends it.
  private let inner: [Int]
  private let last: [Int]
  /// By the two symbols: when they are merged, and what becomes of them.
  private let merges: [Pair: (rank: Int, symbol: Int)]

  private struct Pair: Hashable {
    let left: Int
    let right: Int
  }

  /// What is wrong with a list of merges or symbols; the merge counts from 0.
  struct Fault: Error {
    var merge: Int?
    var reason: String
  }

  /// A vocabulary of merges, in order, and of the symbols' identifiers where a file lists them. OpenAI's doesn't: there
  /// the bytes come first, then the bytes that end a word, then what each merge makes, then the special marks. Throws
  /// ``Fault``.
  init(merges list: [(left: Substring, right: Substring)], identifiers listed: [String: Int]? = nil)
    throws(Fault)
  {
    let identifiers = listed ?? Self.identifiers(of: list)
    count = identifiers.count
    guard Set(identifiers.values) == Set(0..<count) else {
      throw Fault(
        reason: "its \(count) symbols aren't numbered from 0 to \(count - 1), each by its own number")
    }
    func identifier(_ symbol: String, _ merge: Int? = nil) throws(Fault) -> Int {
      guard let identifier = identifiers[symbol] else {
        throw Fault(merge: merge, reason: "the symbol \"\(symbol.prefix(80))\" is missing")
      }
      return identifier
    }
    start = try identifier(CaptionWords.startMark)
    end = try identifier(CaptionWords.endMark)
    inner = try Self.alphabet.map { (character) throws(Fault) in try identifier(String(character)) }
    last = try Self.alphabet.map { (character) throws(Fault) in
      try identifier(String(character) + Self.wordEnd)
    }
    var merges: [Pair: (rank: Int, symbol: Int)] = [:]
    merges.reserveCapacity(list.count)
    for (rank, merge) in list.enumerated() {
      let pair = Pair(
        left: try identifier(String(merge.left), rank), right: try identifier(String(merge.right), rank))
      let symbol = try identifier(String(merge.left + merge.right), rank)
      guard merges.updateValue((rank, symbol), forKey: pair) == nil else {
        throw Fault(
          merge: rank, reason: "the pair \(merge.left.prefix(40)) \(merge.right.prefix(40)) stands twice")
      }
    }
    self.merges = merges
  }

  /// The symbols of a word: its bytes, of which again and again the pair that comes first in the list is merged, wherever
  /// it stands.
  func symbols(of word: String) -> [Int] {
    var symbols = word.utf8.map { inner[Int($0)] }
    guard let byte = word.utf8.last else { return [] }
    symbols[symbols.count - 1] = last[Int(byte)]
    while symbols.count > 1 {
      var best: (rank: Int, symbol: Int)?
      var pair = Pair(left: 0, right: 0)
      for index in symbols.indices.dropLast() {
        let candidate = Pair(left: symbols[index], right: symbols[index + 1])
        guard let merge = merges[candidate], merge.rank < best?.rank ?? .max else { continue }
        (best, pair) = (merge, candidate)
      }
      guard let best else { break }
      var merged: [Int] = []
      var index = 0
      while index < symbols.count {
        if index + 1 < symbols.count, symbols[index] == pair.left, symbols[index + 1] == pair.right {
          merged.append(best.symbol)
          index += 2
        } else {
          merged.append(symbols[index])
          index += 1
        }
      }
      symbols = merged
    }
    return symbols
  }

  /// What ends the last symbol of a word.
  private static let wordEnd = "</w>"

  /// Bytes that stand for themselves: printable ones, by Latin-1.
  private static let printable = Array(33...126) + Array(161...172) + Array(174...255)

  /// A printable character for each byte: others follow one another from U+0100 on.
  private static let alphabet: [Unicode.Scalar] = {
    var others = (UInt16(256)...).lazy.compactMap(Unicode.Scalar.init).makeIterator()
    return (0..<256).map { byte in
      printable.contains(byte) ? Unicode.Scalar(UInt8(byte)) : others.next() ?? "?"
    }
  }()

  /// The symbols in OpenAI's order.
  private static func identifiers(of merges: [(left: Substring, right: Substring)]) -> [String: Int] {
    let order = printable + (0..<256).filter { !printable.contains($0) }
    let bytes = order.map { String(alphabet[$0]) }
    let symbols =
      bytes + bytes.map { $0 + wordEnd } + merges.map { String($0.left + $0.right) }
      + [CaptionWords.startMark, CaptionWords.endMark]
    // A symbol that two merges make would have two numbers; its absence is told by the numbers' gap.
    return Dictionary(zip(symbols, 0...)) { first, _ in first }
  }
}
