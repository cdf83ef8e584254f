/// Finds YAML anchors (`&name`) and aliases (`*name`) before the file is parsed.
///
/// Aliases of aliases can stand for exponentially many nodes ("billion laughs"), and a parser that compares
/// keys walks them all. So the text is searched first, with just as much of YAML's grammar as tells where
/// a token starts: comments, quoted and block scalars. Text that starts with `&` or `*` must be quoted in
/// YAML anyway.
struct YAMLShortcuts {
  /// An anchor or alias, and where it is.
  struct Shortcut: Equatable {
    let character: Character
    let text: String
    let line: Int
    let column: Int
  }

  /// The first anchor or alias, or `nil`.
  static func first(in text: String) -> Shortcut? {
    var scanner = YAMLShortcuts()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let found = scanner.scan(Array(line), number: index + 1) { return found }
    }
    return nil
  }

  private var quote: Character?
  /// The indentation that ends a block scalar, while in one.
  private var blockIndentation: Int?

  private mutating func scan(_ line: [Character], number: Int) -> Shortcut? {
    let indentation = line.prefix { $0 == " " }.count
    if let limit = blockIndentation, quote == nil {
      if indentation > limit || line.allSatisfy(\.isWhitespace) { return nil }
      blockIndentation = nil
    }
    var index = 0
    /// Whether a new token may start here: at the line's start and after indicators.
    var fresh = true
    while index < line.count {
      let character = line[index]
      if let open = quote {
        if character == "\\", open == "\"" { index += 1 } else if character == open { quote = nil }
        index += 1
        continue
      }
      let afterSpace = index == 0 || line[index - 1].isWhitespace
      if character == "#", afterSpace { return nil }
      if character.isWhitespace {
        index += 1
        continue
      }
      if fresh {
        switch character {
        case "\"", "'":
          quote = character
          fresh = false
        case "&", "*":
          let word = line[index...].prefix { !$0.isWhitespace && !",[]{}".contains($0) }
          if word.count > 1 {
            return Shortcut(character: character, text: String(word), line: number, column: index + 1)
          }
          fresh = false
        case "|", ">":
          blockIndentation = indentation
          fresh = false
        case "!":
          // A tag: the value starts after it.
          while index + 1 < line.count, !line[index + 1].isWhitespace { index += 1 }
        case "[", "{", ",", "?", "-", ":", "]", "}":
          break
        default:
          fresh = false
        }
      } else if "[]{},".contains(character) {
        fresh = true
      } else if character == ":" {
        let next = index + 1 < line.count ? line[index + 1] : " "
        fresh = next.isWhitespace || "&*\"'".contains(next)
      }
      index += 1
    }
    return nil
  }
}
