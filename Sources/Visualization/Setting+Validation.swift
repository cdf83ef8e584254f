import Support

extension Setting {
  /// The complete settings of a method: its defaults with a user's values put over them. Throws
  /// ``VisualizationError`` for a name that the method doesn't know, a wrong type or a value out of range.
  static func resolve(
    _ overrides: Settings, by schema: [Setting], method: String
  ) throws(VisualizationError) -> Settings {
    var complete = Settings()
    for setting in schema { complete[setting.name] = setting.standard }
    // In order of name, so that of several faults always the same one is reported.
    for (name, value) in overrides.values.sorted(by: { $0.key < $1.key }) {
      guard let setting = schema.first(where: { $0.name == name }) else {
        throw .unknownSetting(method: method, name: name, known: schema.map(\.name))
      }
      try setting.check(value, method: method)
      complete[name] = value
    }
    return complete
  }

  private func check(_ value: SettingValue, method: String) throws(VisualizationError) {
    func wrong(_ expected: String) -> VisualizationError {
      .invalidSetting(method: method, name: name, value: value.description, expected: expected)
    }
    guard value.kind == standard.kind else { throw wrong("\(standard.kind), not \(value.kind)") }
    switch (limit, value) {
    case (.range(let range), .number(let number)):
      guard range.contains(number) else {
        throw wrong("a number from \(range.lowerBound) to \(range.upperBound)")
      }
    case (.whole(let range), .number(let number)):
      guard let count = Int(exactly: number), range.contains(count) else {
        throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
    case (.choice(let words), .text(let word)):
      guard words.contains(word) else {
        throw wrong(words.joined(separator: " or ") + Suggestion.clause(for: word, among: words))
      }
    case (.list(let range), .numbers(let numbers)):
      guard numbers.allSatisfy(range.contains) else {
        throw wrong("numbers from \(range.lowerBound) to \(range.upperBound)")
      }
    default: break
    }
  }
}

/// Reading of complete settings, whose names and types ``Setting/resolve(_:by:method:)`` has made sure of.
extension Settings {
  func number(_ name: String) -> Double {
    guard case .number(let value) = values[name] else { preconditionFailure("\(name) is not in the schema") }
    return value
  }

  func float(_ name: String) -> Float { Float(number(name)) }

  func count(_ name: String) -> Int { Int(number(name)) }

  func text(_ name: String) -> String {
    guard case .text(let value) = values[name] else { preconditionFailure("\(name) is not in the schema") }
    return value
  }

  func flag(_ name: String) -> Bool {
    guard case .flag(let value) = values[name] else { preconditionFailure("\(name) is not in the schema") }
    return value
  }

  func numbers(_ name: String) -> [Double] {
    guard case .numbers(let value) = values[name] else { preconditionFailure("\(name) is not in the schema") }
    return value
  }
}
