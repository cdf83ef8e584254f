import Foundation

/// The value of one setting of a method, as a configuration writes it.
public enum SettingValue: Sendable, Hashable {
  /// A number; whole where the setting counts something.
  case number(Double)
  /// Yes or no.
  case flag(Bool)
  /// A word, or a list of names separated by commas.
  case text(String)
  /// A list of numbers.
  case numbers([Double])

  /// What kind of value it is, in a message's words.
  public var kind: String {
    switch self {
    case .number: "a number"
    case .flag: "true or false"
    case .text: "a text"
    case .numbers: "a list of numbers"
    }
  }
}

extension SettingValue: CustomStringConvertible {
  /// The value as a configuration would write it: `0.5`, `true`, `six`, `[1, 1, 100]`.
  public var description: String {
    switch self {
    case .number(let value): Self.text(of: value)
    case .flag(let value): value ? "true" : "false"
    case .text(let value): value
    case .numbers(let values): "[" + values.map(Self.text).joined(separator: ", ") + "]"
    }
  }

  private static func text(of number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

extension SettingValue: Codable {
  /// Reads a bare JSON number, boolean, string or array of numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // A Boolean first: some decoders would take `true` for 1.
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else {
      self = .numbers(try container.decode([Double].self))
    }
  }

  /// Writes the bare JSON value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .numbers(let values): try container.encode(values)
    }
  }
}
