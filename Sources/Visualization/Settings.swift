public import Foundation

/// Named settings of a method: those that a user overrides, or the complete ones that a picture was made with.
public struct Settings: Sendable, Equatable, Codable {
  /// The values by name, such as `steps` or `layer_weights`.
  public var values: [String: SettingValue]

  /// Settings of the given values.
  public init(_ values: [String: SettingValue] = [:]) { self.values = values }

  /// Reads a bare JSON object.
  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: SettingValue].self)
  }

  /// Writes a bare JSON object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  /// The same settings as one JSON text, keys sorted: equal settings give equal bytes.
  public var canonicalJSON: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Only a number that isn't finite could fail, and those are written as words.
    return (try? encoder.encode(self)) ?? Data()
  }

  /// The value of a setting, or `nil`.
  public subscript(name: String) -> SettingValue? {
    get { values[name] }
    set { values[name] = newValue }
  }
}
