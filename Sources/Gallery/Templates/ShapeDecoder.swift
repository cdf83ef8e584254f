/// A decoder that reads from nothing and notes what is asked for, so that a type tells its ``Shape``.
/// Every list has one element, every optional is explored and then left out.
final class ShapeDecoder: Decoder {
  private(set) var shape: Shape = .text
  private let type: any Decodable.Type
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  /// A decoder of a value of a type.
  private init(of type: any Decodable.Type) { self.type = type }

  func container<Key>(keyedBy keys: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard let model = type as? any PageModel.Type else {
      throw Unsupported(what: "\(type), which has names but is no page model")
    }
    if case .object = shape {} else { shape = .object(Shape.Object(model: model)) }
    return KeyedDecodingContainer(Keyed<Key>(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Unkeyed(decoder: self) }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { Single() }

  /// Makes a value of a type and tells the type's shape.
  static func explore<T: Decodable>(_ type: T.Type) throws -> (value: T, shape: Shape) {
    if type == HTML.self, let value = HTML("") as? T { return (value, .html) }
    if let leaf = leaf(type) { return leaf }
    let decoder = ShapeDecoder(of: type)
    return (try T(from: decoder), decoder.shape)
  }

  private static func leaf<T>(_ type: T.Type) -> (value: T, shape: Shape)? {
    let candidates: [(any Sendable, Shape)] = [("", .text), (0, .text), (0.0, .text), (false, .flag)]
    for (value, shape) in candidates {
      if let value = value as? T { return (value, shape) }
    }
    return nil
  }

  /// Thrown where a type asks for something that no page model holds.
  struct Unsupported: Error { let what: String }

  private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ShapeDecoder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }

    private func note(_ key: Key, _ shape: Shape) {
      guard case .object(var object) = decoder.shape else { return }
      object.add(key.stringValue, shape)
      decoder.shape = .object(object)
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      let (value, shape) = try ShapeDecoder.explore(type)
      note(key, shape)
      return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
      note(key, .optional(try ShapeDecoder.explore(type).shape))
      return nil
    }
    // The synthesized code of a model calls these for its simple values.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { leaf(key, .text) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { leaf(key, .text) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { leaf(key, .text) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { leaf(key, .flag) }

    private func leaf<T>(_ key: Key, _ shape: Shape) -> T? {
      note(key, .optional(shape))
      return nil
    }

    func nestedContainer<Nested>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw Unsupported(what: "a nested container") }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw Unsupported(what: "a nested container")
    }
    func superDecoder() throws -> any Decoder { throw Unsupported(what: "a superclass") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Unsupported(what: "a superclass") }
  }

  private struct Unkeyed: UnkeyedDecodingContainer {
    let decoder: ShapeDecoder
    let codingPath: [any CodingKey] = []
    var currentIndex = 0
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    mutating func decodeNil() throws -> Bool { false }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      let (value, shape) = try ShapeDecoder.explore(type)
      decoder.shape = .list(shape)
      currentIndex += 1
      return value
    }
    mutating func nestedContainer<Nested>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw Unsupported(what: "a nested container") }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      throw Unsupported(what: "a nested container")
    }
    mutating func superDecoder() throws -> any Decoder { throw Unsupported(what: "a superclass") }
  }

  private struct Single: SingleValueDecodingContainer {
    let codingPath: [any CodingKey] = []
    func decodeNil() -> Bool { false }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try ShapeDecoder.explore(type).value }
  }
}
