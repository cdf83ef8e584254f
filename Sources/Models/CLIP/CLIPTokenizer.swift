/// Turns captions into the identifiers that CLIP's text tower reads (Radford et al. 2021, section 2.4): cleaned, in lower
/// case, cut into words, each word into byte pairs, between marks of start and end.
public struct CLIPTokenizer: Sendable {
  /// The symbols.
  public let vocabulary: BytePairVocabulary
  /// How many tokens a text may have, marks included.
  public let context: Int

  /// A longer caption is refused at once: merging takes the square of a word's length.
  static let longestCaption = 4096

  /// A tokenizer of a vocabulary; 77 tokens a text are all that CLIP was trained with.
  public init(_ vocabulary: BytePairVocabulary, context: Int = 77) {
    self.vocabulary = vocabulary
    self.context = context
  }

  /// The tokens of captions, marks of start and end included. A caption that is too long for the context throws
  /// ``ModelError``; with `truncating` it is cut, and the end's mark put last, as in `clip.tokenize`.
  public func tokens(of captions: [String], truncating: Bool = false) throws(ModelError) -> [[Int]] {
    // Few words make many captions.
    var known: [String: [Int]] = [:]
    var result: [[Int]] = []
    result.reserveCapacity(captions.count)
    for caption in captions {
      guard caption.utf8.count <= Self.longestCaption else {
        throw .caption(
          caption, reason: "has \(caption.utf8.count) bytes; at most \(Self.longestCaption) can be read")
      }
      var tokens = [vocabulary.start]
      for piece in CaptionWords.pieces(of: CaptionText.cleaned(caption)) {
        switch piece {
        case .start: tokens.append(vocabulary.start)
        case .end: tokens.append(vocabulary.end)
        case .word(let word):
          let symbols = known[word] ?? vocabulary.symbols(of: word)
          known[word] = symbols
          tokens += symbols
        }
      }
      tokens.append(vocabulary.end)
      if tokens.count > context {
        guard truncating else {
          throw .caption(
            caption,
            reason: "has \(tokens.count) tokens; CLIP reads \(context), the marks of start and end included")
        }
        tokens = tokens.prefix(context - 1) + [vocabulary.end]
      }
      result.append(tokens)
    }
    return result
  }
}
