/// The members of an object, taken one by one by name and type; what is left over at the end is refused.
public struct JSONFields {
  private var members: [String: JSONValue]
  private let known: [String]
  /// Where the object stands, for messages.
  public let place: String

  /// The members of a value that must be an object with some of the known names. Throws ``StudyError``.
  public init(_ value: JSONValue, place: String, known: [String]) throws(StudyError) {
    guard case .object(let members) = value else {
      throw .malformed(place: place, reason: "\(value.kind) where an object is expected")
    }
    // In order of name, so that of several faults always the same one is reported.
    if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw .malformed(
        place: place,
        reason: "unknown name \"\(stranger.prefix(40))\"; known are \(known.joined(separator: ", "))"
      )
    }
    self.members = members
    self.known = known
    self.place = place
  }

  /// A member's value; `nil` if it is left out or null.
  public func value(_ name: String) -> JSONValue? { members[name] == .null ? nil : members[name] }

  /// A fault of a member.
  public func fault(_ name: String, _ reason: String) -> StudyError {
    .malformed(place: "\(place).\(name)", reason: reason)
  }

  /// A text that must be there.
  public func text(_ name: String) throws(StudyError) -> String {
    guard let text = try optionalText(name) else { throw fault(name, "is missing") }
    return text
  }

  /// A text that may be left out or null.
  public func optionalText(_ name: String) throws(StudyError) -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value else { throw fault(name, "\(value.kind) where a text is expected") }
    return text
  }

  /// A whole number in a range that must be there.
  public func whole(_ name: String, in range: ClosedRange<Int>) throws(StudyError) -> Int {
    guard let number = try optionalWhole(name, in: range) else { throw fault(name, "is missing") }
    return number
  }

  /// A whole number in a range that may be left out or null. `3.0` is none.
  public func optionalWhole(_ name: String, in range: ClosedRange<Int>) throws(StudyError) -> Int? {
    guard let value = value(name) else { return nil }
    guard case .number(let digits) = value, let number = Int(digits), range.contains(number) else {
      throw fault(name, "a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
    }
    return number
  }

  /// A list that must be there.
  public func list(_ name: String) throws(StudyError) -> [JSONValue] {
    guard case .array(let values)? = value(name) else { throw fault(name, "a list is expected") }
    return values
  }

  /// Whether something is so; not so if it is left out.
  public func flag(_ name: String) throws(StudyError) -> Bool {
    guard let value = value(name) else { return false }
    guard case .bool(let flag) = value else { throw fault(name, "true or false is expected") }
    return flag
  }
}
