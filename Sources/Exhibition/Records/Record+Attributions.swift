extension Record {
  /// Natural pictures of a class, each with what in it speaks for the class to a model.
  public struct Attributions: Codable, Sendable, Equatable {
    /// The maps, in the order of the references.
    public var maps: [Map]

    /// One picture's map: the picture in gray, red where it speaks for the class, blue where against it.
    public struct Map: Codable, Sendable, Equatable {
      /// Its file.
      public var file: String
      /// The picture: the path below the exhibition's references folder.
      public var source: String
      /// The class's score, which was sent back.
      public var activation: Double
      /// How much of it arrived at the picture; the rest is what biases gave.
      public var arrived: Double

      /// A map from its parts.
      public init(file: String, source: String, activation: Double, arrived: Double) {
        self.file = file
        self.source = source
        self.activation = activation
        self.arrived = arrived
      }
    }

    /// Maps of a class's pictures.
    public init(maps: [Map]) { self.maps = maps }
  }

  /// The payload of an attribution record.
  public var attributions: Attributions? {
    if case .attributions(let value) = payload { value } else { nil }
  }
}
