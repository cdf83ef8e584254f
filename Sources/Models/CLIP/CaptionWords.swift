/// A caption cut as CLIP cuts it before pairs are merged: the special marks, English contractions, runs of letters,
/// single digits, and runs of anything else but spaces.
enum CaptionWords {
  /// A piece of a caption.
  enum Piece: Equatable {
    case start
    case end
    case word(String)
  }

  static let startMark = "<|startoftext|>"
  static let endMark = "<|endoftext|>"
  private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map {
    Array($0.unicodeScalars)
  }
  private static let marks: [(text: [Unicode.Scalar], piece: Piece)] = [
    (Array(startMark.unicodeScalars), .start), (Array(endMark.unicodeScalars), .end),
  ]

  /// The pieces of a cleaned caption.
  static func pieces(of text: String) -> [Piece] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [Piece] = []
    var place = 0
    while place < scalars.count {
      let rest = scalars[place...]
      if let mark = marks.first(where: { rest.starts(with: $0.text) }) {
        pieces.append(mark.piece)
        place += mark.text.count
        continue
      }
      let length: Int
      if let contraction = contractions.first(where: { rest.starts(with: $0) }) {
        length = contraction.count
      } else {
        switch Kind(scalars[place]) {
        case .space:
          place += 1
          continue
        case .digit: length = 1
        case let kind: length = rest.prefix { Kind($0) == kind }.count
        }
      }
      var word = String.UnicodeScalarView()
      word.append(contentsOf: rest.prefix(length))
      pieces.append(.word(String(word)))
      place += length
    }
    return pieces
  }

  private enum Kind {
    case letter
    case digit
    case space
    case other

    init(_ scalar: Unicode.Scalar) {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: self = .letter
      case .decimalNumber, .letterNumber, .otherNumber: self = .digit
      default: self = CaptionText.isSpace(scalar) ? .space : .other
      }
    }
  }
}
