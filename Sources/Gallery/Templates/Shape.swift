/// What a page model can hold, known from its type alone.
indirect enum Shape: Equatable {
  /// A text or a number: shown escaped.
  case text
  /// ``HTML``: shown as it is.
  case html
  /// A switch for sections.
  case flag
  /// A section shown once for each element.
  case list(Shape)
  /// A value that may be missing; a section shows it if it is there.
  case optional(Shape)
  /// A model with named values.
  case object([String: Shape])

  /// The shape of a model type.
  static func of<Model: PageModel>(_ type: Model.Type) throws -> Shape {
    let decoder = ShapeDecoder()
    _ = try Model(from: decoder)
    return decoder.shape
  }

  /// The value under a name, if this is a model that has it.
  subscript(name: String) -> Shape? {
    switch self {
    case .object(let values): values[name]
    case .optional(let shape): shape[name]
    default: nil
    }
  }

  /// The names that this model has.
  var names: [String] {
    switch self {
    case .object(let values): values.keys.sorted()
    case .optional(let shape): shape.names
    default: []
    }
  }
}
