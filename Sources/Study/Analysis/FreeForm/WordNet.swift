/// The nouns of WordNet 3.0 (Fellbaum 1998): senses of words, and of each sense those that are more general.
public struct WordNet: Sendable {
  /// A sense: a set of words that mean the same, by its place in ``WordNet/senses``.
  typealias Sense = Int

  /// The senses of a noun in the order of their frequency, by the noun in lower case with `_` between words.
  let senses: [String: [Sense]]
  /// How many senses of a noun were found in texts; tells familiar nouns from rare ones.
  let familiarity: [String: Int]
  /// Irregular plurals with their singulars.
  let exceptions: [String: [String]]
  /// Verbs, adjectives and adverbs, which are words and therefore not misspelt nouns.
  let otherWords: Set<String>
  /// The byte offset of a sense in `data.noun`, which is its identity.
  let offsets: [Int]
  /// More general senses, of which it is a kind or an instance.
  let hypernyms: [[Sense]]
  /// The first word of a sense with its number among the senses of that word, `dog.n.01`, as NLTK names senses.
  let names: [String]
  /// Edges to the root on the shortest way.
  let shortestDepths: [Int]
  /// Edges to the root on the longest way.
  let longestDepths: [Int]

  /// Where Debian's package `wordnet-base` puts the files.
  public static let usualFolder = "/usr/share/wordnet"

  /// The senses of a noun in any of its forms: as it is, or brought back to its singular by WordNet's rules (the manual
  /// page morphy(7WN), as NLTK applies them).
  func lemmas(_ form: String) -> [String] {
    var forms = [form]
    if let irregular = exceptions[form] {
      forms += irregular
    } else {
      for (ending, replacement) in Self.nounEndings where form.hasSuffix(ending) {
        forms.append(form.dropLast(ending.count) + replacement)
      }
    }
    var known: [String] = []
    for form in forms where senses[form] != nil && !known.contains(form) { known.append(form) }
    return known
  }

  /// Whether a word is a verb, adjective or adverb.
  func isOtherWord(_ word: String) -> Bool {
    otherWords.contains(word)
      || Self.verbEndings.contains { ending, replacement in
        word.hasSuffix(ending) && otherWords.contains(word.dropLast(ending.count) + replacement)
      }
  }

  private static let nounEndings = [
    ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
    ("men", "man"), ("ies", "y"),
  ]
  private static let verbEndings = [
    ("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""),
  ]
}
