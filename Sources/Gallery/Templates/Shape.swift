/// What a page model can hold, known from its type alone.
indirect enum Shape {
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
  case object(Object)

  /// A model's type with the shapes of its values.
  struct Object {
    /// The type, which knows what its values mean.
    let model: any PageModel.Type
    /// The values in the order in which the type declares them.
    private(set) var values: [(name: String, shape: Shape)] = []

    init(model: any PageModel.Type) { self.model = model }

    /// Adds a value.
    mutating func add(_ name: String, _ shape: Shape) { values.append((name, shape)) }
  }

  /// The shape of a model type.
  static func of<Model: PageModel>(_ type: Model.Type) throws -> Shape {
    try ShapeDecoder.explore(type).shape
  }

  /// The model whose values a section adds: this one, or that of a list's elements or of a value that may be missing.
  var object: Object? {
    switch self {
    case .object(let object): object
    case .list(let shape), .optional(let shape): shape.object
    case .text, .html, .flag: nil
    }
  }

  /// The value under a name, if this is a model that has it.
  subscript(name: String) -> Shape? {
    switch self {
    case .object(let object): object.values.first { $0.name == name }?.shape
    case .optional(let shape): shape[name]
    default: nil
    }
  }

  /// The names that this model has.
  var names: [String] {
    switch self {
    case .object(let object): object.values.map(\.name).sorted()
    case .optional(let shape): shape.names
    default: []
    }
  }
}
