import Exhibition

/// A network.
struct ModelExhibit: Sendable {
  let name: String
  let title: String
  let architecture: String
  /// The input's side in pixels.
  let inputSize: Int
  let labels: [String]
  let parameterCount: Int
  let weightsHash: String
  /// How it was trained, in the author's words and figures.
  var training: [(name: String, value: String)] = []
  var accuracy: Found<Record.Accuracy>
  /// The exhibition's classes that it doesn't know.
  var unknownClasses: [String] = []

  var slug: String { Slug.make(name) }
}

/// A way of making pictures.
struct MethodExhibit: Sendable {
  let name: String
  let title: String
  /// What it does, in Markdown.
  let summary: String
  let citation: String
  let bibtex: String
  let link: String?
  let needsReferences: Bool

  var slug: String { Slug.make(name) }
}

/// A class of the networks' output.
struct ClassExhibit: Sendable {
  let label: String
  let references: Found<[NaturalPicture]>
  /// What in them speaks for the class, by the names of the models.
  var maps: [String: AttributionExhibit] = [:]
  let works: [Work]
  /// Names of the models that don't know it.
  var absentModels: [String] = []

  var slug: String { Slug.make(label) }
}

/// Natural pictures with what in them speaks for their class to a model.
struct AttributionExhibit: Sendable {
  /// The rules by which it was found.
  let method: String
  let maps: Found<[NaturalPicture]>
}

/// A class and the channels that it is read from.
struct CircuitExhibit: Sendable {
  let name: String
  let title: String
  let model: String
  let label: String
  let finding: Found<Record.Circuit>
  var record: Record?
  var channels: [Channel] = []

  struct Channel: Sendable {
    let channel: Record.Circuit.Channel
    let patches: [NaturalPicture]
    let works: [Work]
  }
}

/// Directions in a layer that make up a class.
struct ConceptExhibit: Sendable {
  let name: String
  let title: String
  let model: String
  /// The class that the directions make up; `nil` for given directions.
  let label: String?
  let finding: Found<Record.Concept>
  var record: Record?
  var directions: [Direction] = []

  struct Direction: Sendable {
    let direction: Record.Concept.Direction
    let patches: [NaturalPicture]
    /// Where in natural pictures it is strong.
    let maps: [NaturalPicture]
    let works: [Work]
  }
}
