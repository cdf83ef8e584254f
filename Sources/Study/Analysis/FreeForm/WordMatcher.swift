import Foundation

/// Compares what participants write with hidden words: finds the nouns in both texts, forgives slips of spelling, and
/// takes the most similar pair.
struct WordMatcher: Sendable {
  private let wordNet: WordNet
  /// Single words by their length in bytes, to look for misspelt ones.
  private let byLength: [Int: [[UInt8]]]

  init(_ wordNet: WordNet) {
    self.wordNet = wordNet
    byLength = Dictionary(
      grouping: wordNet.senses.keys.filter { !$0.contains("_") }.sorted().map { Array($0.utf8) }, by: \.count)
  }

  /// The best match of an answer with a hidden word; a similarity of 0 and no words where one of them holds no noun.
  func compare(_ answer: String, _ word: String) -> WordMeasure.Match {
    let hidden = nouns(in: word, near: [])
    var best = WordMeasure.Match(similarity: 0, matched: nil)
    for own in nouns(in: answer, near: hidden) {
      for other in hidden {
        let similarity = wordNet.similarity(own, other) ?? 0
        if best.matched == nil || similarity > best.similarity {
          best = .init(similarity: similarity, matched: "\(Self.shown(own)) – \(Self.shown(other))")
        }
      }
    }
    return best
  }

  /// The nouns of a text in WordNet's writing, the longest compounds that it knows first taken as one: `traffic_light`.
  /// `expected` are nouns that a misspelt one most probably is.
  func nouns(in text: String, near expected: [String]) -> [String] {
    var nouns: [String] = []
    for phrase in Self.phrases(text) {
      var start = 0
      while start < phrase.count {
        let (found, length) = longest(Array(phrase[start...]), near: expected)
        for noun in found where !nouns.contains(noun) { nouns.append(noun) }
        start += length
      }
    }
    return nouns
  }

  /// The nouns that the longest possible start of some words is, and its length; none with a length of 1.
  private func longest(_ words: [String], near expected: [String]) -> ([String], Int) {
    for length in stride(from: min(words.count, 5), to: 1, by: -1) {
      for separator in ["_", "-", ""] {
        let lemmas = wordNet.lemmas(words[..<length].joined(separator: separator))
        if !lemmas.isEmpty { return (lemmas, length) }
      }
    }
    let word = words[0]
    if Self.functionWords.contains(word) { return ([], 1) }
    let lemmas = wordNet.lemmas(word)
    if !lemmas.isEmpty { return (lemmas, 1) }
    if wordNet.isOtherWord(word) { return ([], 1) }
    return (corrected(word, near: expected).map { [$0] } ?? [], 1)
  }

  /// The noun that a misspelt word most probably is: the expected one, else the one with the fewest slips, of these the
  /// most familiar, then the first in the alphabet.
  private func corrected(_ word: String, near expected: [String]) -> String? {
    let bytes = Array(word.utf8)
    let tolerance = Spelling.tolerance(bytes.count)
    guard tolerance > 0 else { return nil }
    for noun in expected where Spelling.slips(bytes, Array(noun.utf8), limit: tolerance) != nil {
      return noun
    }
    var best: (slips: Int, rarity: Int, noun: String)?
    for length in max(3, bytes.count - tolerance)...bytes.count + tolerance {
      for candidate in byLength[length] ?? [] {
        guard let slips = Spelling.slips(bytes, candidate, limit: best?.slips ?? tolerance) else { continue }
        let noun = String(decoding: candidate, as: UTF8.self)
        let found = (slips: slips, rarity: -(wordNet.familiarity[noun] ?? 0), noun: noun)
        if let current = best, current <= found { continue }
        best = found
      }
    }
    return best?.noun
  }

  /// Words in lower case without accents, by phrases between commas and the like.
  private static func phrases(_ text: String) -> [[String]] {
    text.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
      .split { ",;:/()[]|\n".contains($0) }
      .map { phrase in
        phrase.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "'" || $0 == ".") }
          .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "-'.")) }
          .map { $0.hasSuffix("'s") ? String($0.dropLast(2)) : $0 }
          .filter { !$0.isEmpty }
      }
  }

  private static func shown(_ noun: String) -> String { noun.replacing("_", with: " ") }

  /// Words that WordNet also has as nouns (a: ångström, in: inch, it: information technology) and nobody means so.
  private static let functionWords: Set<String> = [
    "a", "an", "the", "of", "in", "on", "at", "by", "to", "as", "is", "it", "its", "or", "and", "with", "for",
    "from",
    "some", "no", "not", "be", "are", "am", "i", "we", "he", "she", "they", "this", "that", "there", "like",
    "very",
    "maybe", "kind", "sort", "type", "lot", "lots", "many", "more", "so", "do", "does", "dont", "don't",
    "know",
  ]
}

extension WordMeasure {
  /// The similarity of Wu and Palmer over the nouns of WordNet.
  public static func wordNet(_ wordNet: WordNet) -> WordMeasure {
    let matcher = WordMatcher(wordNet)
    return WordMeasure(name: "Wu–Palmer similarity, WordNet 3.0") { matcher.compare($0, $1) }
  }
}
