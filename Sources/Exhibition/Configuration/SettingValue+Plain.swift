public import Visualization

extension SettingValue {
  /// The value that a plain word of a configuration stands for: a number, true or false, or the word itself.
  public init(plain word: String) {
    if let number = Double(word), number.isFinite {
      self = .number(number)
    } else {
      self =
        switch word {
        case "true", "yes", "on": .flag(true)
        case "false", "no", "off": .flag(false)
        default: .text(word)
        }
    }
  }

  /// The value of a command's argument: as a plain word, or a list of numbers with commas between them, in brackets
  /// or not, as YAML would write it or as a shell likes it.
  public init(argument text: String) {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.count > 2
    let items = isBracketed ? text.dropFirst().dropLast() : Substring(text)
    let numbers = items.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.trimmingPrefix(" "))
    }
    if isBracketed || numbers.count > 1, numbers.allSatisfy({ $0?.isFinite == true }) {
      self = .numbers(numbers.compactMap { $0 })
    } else {
      self.init(plain: text)
    }
  }
}
