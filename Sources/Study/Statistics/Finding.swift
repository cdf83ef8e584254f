/// A statistic, or the reason why it has none for the data at hand.
///
/// As JSON: `{"value": …}` or `{"undefined": "all differences are zero"}`.
public enum Finding<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  case value(Value)
  case undefined(Undefined)

  /// What a computation gives, or why it gives nothing.
  public init(_ compute: () throws(Undefined) -> Value) {
    do {
      self = .value(try compute())
    } catch {
      self = .undefined(error)
    }
  }

  /// The value, if there is one.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The reason, if there is no value.
  public var reason: String? {
    if case .undefined(let undefined) = self { undefined.reason } else { nil }
  }

  private enum Key: String, CodingKey { case value, undefined }

  /// Reads either form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let reason = try container.decodeIfPresent(String.self, forKey: .undefined) {
      self = .undefined(Undefined(reason))
    } else {
      self = .value(try container.decode(Value.self, forKey: .value))
    }
  }

  /// Writes either form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .value(let value): try container.encode(value, forKey: .value)
    case .undefined(let undefined): try container.encode(undefined.reason, forKey: .undefined)
    }
  }
}
