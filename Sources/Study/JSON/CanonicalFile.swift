import Foundation

/// Values that are written as canonical JSON and read strictly.
enum CanonicalFile {
  static func text(of value: some Encodable, place: String) throws(StudyError) -> String {
    try canonical(value, place: place).canonical
  }

  /// Reads a value. Throws ``StudyError`` also for names that the type doesn't have, which Foundation's decoder would skip.
  static func value<Value: Codable>(
    _ type: Value.Type, json: Data, place: String
  ) throws(StudyError) -> Value {
    let written = try JSONValue(parsing: json, place: place)
    let value: Value
    do {
      value = try JSONDecoder().decode(type, from: json)
    } catch let error as DecodingError {
      throw .malformed(place: place, reason: reason(error))
    } catch {
      throw .malformed(place: place, reason: error.localizedDescription)
    }
    if let stranger = try stranger(in: written, beside: canonical(value, place: place)) {
      throw .malformed(place: place, reason: "unknown name \"\(stranger)\"")
    }
    return value
  }

  private static func canonical(_ value: some Encodable, place: String) throws(StudyError) -> JSONValue {
    do {
      return try JSONValue(parsing: try JSONEncoder().encode(value), place: place)
    } catch let error as StudyError {
      throw error
    } catch {
      throw .malformed(place: place, reason: "can't be written as JSON: \(error)")
    }
  }

  /// The path of the first name that one value has and the other one, read from it, hasn't.
  private static func stranger(in a: JSONValue, beside b: JSONValue) -> String? {
    switch (a, b) {
    case (.object(let a), .object(let b)):
      for name in a.keys.sorted() {
        guard let value = a[name], value != .null else { continue }
        guard let other = b[name] else { return name }
        if let path = stranger(in: value, beside: other) { return "\(name).\(path)" }
      }
    case (.array(let a), .array(let b)):
      for (index, (a, b)) in zip(a, b).enumerated() {
        if let path = stranger(in: a, beside: b) { return "[\(index)].\(path)" }
      }
    default: break
    }
    return nil
  }

  private static func reason(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      return path.isEmpty ? "the whole" : path.joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(path(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return "\(path(context)): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}
