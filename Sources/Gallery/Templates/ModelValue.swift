/// What a page model holds under a name, as a template reads it.
enum ModelValue {
  /// A text or a number: shown escaped.
  case text(String)
  /// Shown as it is.
  case html(HTML)
  /// A switch for sections.
  case flag(Bool)
  /// A section shown once for each element.
  case list([ModelValue])
  /// A model with named values.
  case object(Object)
  /// A value that may be missing, and is.
  case missing

  /// The values of a model by name. A model has few, so that comparing names beats a table.
  final class Object {
    fileprivate(set) var values: [(name: String, value: ModelValue)] = []
  }

  /// A model's values.
  init(_ model: some PageModel) throws { self = try ModelEncoder.value(of: model) }

  /// The value under a name; `nil` if this isn't a model that has it. A missing value is ``missing``, which ends the
  /// search: the value of the same name in a model around this one is another thing.
  subscript(name: String) -> ModelValue? {
    guard case .object(let object) = self else { return nil }
    return object.values.first { $0.name == name }?.value
  }
}

/// Reads a model by the code that the compiler made for its type.
private final class ModelEncoder: Encoder {
  var value: ModelValue = .missing
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  static func value<T: Encodable>(of value: T) throws -> ModelValue {
    if T.self == String.self, let text = value as? String { return .text(text) }
    if T.self == HTML.self, let html = value as? HTML { return .html(html) }
    let encoder = ModelEncoder()
    try value.encode(to: encoder)
    return encoder.value
  }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let object = ModelValue.Object()
    value = .object(object)
    return KeyedEncodingContainer(Keyed<Key>(object: object))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    value = .list([])
    return Unkeyed(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let object: ModelValue.Object
    let codingPath: [any CodingKey] = []

    private func note(_ key: Key, _ value: ModelValue) { object.values.append((key.stringValue, value)) }

    func encodeNil(forKey key: Key) { note(key, .missing) }
    func encode(_ value: String, forKey key: Key) { note(key, .text(value)) }
    func encode(_ value: Bool, forKey key: Key) { note(key, .flag(value)) }
    func encode(_ value: Int, forKey key: Key) { note(key, .text(String(value))) }
    func encode(_ value: Double, forKey key: Key) { note(key, .text(String(value))) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      note(key, try ModelEncoder.value(of: value))
    }

    // The synthesized code leaves missing values out; here they are noted.
    func encodeIfPresent(_ value: String?, forKey key: Key) { note(key, value.map { .text($0) } ?? .missing) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) { note(key, value.map { .flag($0) } ?? .missing) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) {
      note(key, value.map { .text(String($0)) } ?? .missing)
    }
    func encodeIfPresent(_ value: Double?, forKey key: Key) {
      note(key, value.map { .text(String($0)) } ?? .missing)
    }
    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
      note(key, try value.map { try ModelEncoder.value(of: $0) } ?? .missing)
    }

    // No page model nests containers by hand: what would be put there is checked by `ShapeDecoder`, which refuses them.
    func nestedContainer<Nested>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(Keyed<Nested>(object: ModelValue.Object())) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      Unkeyed(encoder: ModelEncoder())
    }
    func superEncoder() -> any Encoder { ModelEncoder() }
    func superEncoder(forKey key: Key) -> any Encoder { ModelEncoder() }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let encoder: ModelEncoder
    let codingPath: [any CodingKey] = []
    var count = 0

    mutating func encode<T: Encodable>(_ value: T) throws { append(try ModelEncoder.value(of: value)) }
    mutating func encodeNil() { append(.missing) }

    private mutating func append(_ value: ModelValue) {
      guard case .list(var values) = encoder.value else { return }
      // Taken out of the encoder meanwhile, so that the list isn't copied for each element.
      encoder.value = .missing
      values.append(value)
      encoder.value = .list(values)
      count += 1
    }

    func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      KeyedEncodingContainer(Keyed<Nested>(object: ModelValue.Object()))
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Unkeyed(encoder: ModelEncoder()) }
    func superEncoder() -> any Encoder { ModelEncoder() }
  }

  private struct Single: SingleValueEncodingContainer {
    let encoder: ModelEncoder
    let codingPath: [any CodingKey] = []

    func encodeNil() { encoder.value = .missing }
    func encode(_ value: String) { encoder.value = .text(value) }
    func encode(_ value: Bool) { encoder.value = .flag(value) }
    func encode(_ value: Int) { encoder.value = .text(String(value)) }
    func encode(_ value: Double) { encoder.value = .text(String(value)) }
    func encode<T: Encodable>(_ value: T) throws { encoder.value = try ModelEncoder.value(of: value) }
  }
}
