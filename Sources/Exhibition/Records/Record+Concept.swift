extension Record {
  /// Directions in a layer: those whose non-negative sums rebuild the activations of a class's patches, or given ones.
  public struct Concept: Codable, Sendable, Equatable {
    /// Where the directions come from.
    public enum Origin: String, Codable, Sendable {
      /// Found in the activations of a class's patches.
      case factorization
      /// Given by the exhibition's author.
      case file
      /// From the mean of pictures without something to that of pictures with it.
      case difference
    }

    /// The class's index; `nil` for given directions.
    public var classIndex: Int?
    /// The class's label; `nil` for given directions.
    public var label: String?
    /// The layer.
    public var layer: String
    /// Where the directions come from; `nil` in older records, where it is a factorization.
    public var origin: Origin?
    /// How much of the activations' energy the directions explain, from 0 to 1; `nil` for given directions.
    public var explained: Double?
    /// For a difference how many pictures are told apart by a direction found without them, from 0 to 1.
    public var toldApart: Double?
    /// The directions, most important first.
    public var directions: [Direction]

    /// One direction.
    public struct Direction: Codable, Sendable, Equatable {
      /// Its place in the order of importance, or in the file, from 0.
      public var index: Int
      /// Part of the class's score that it carries, from 0 to 1 over all directions; `nil` for given directions.
      public var importance: Double?
      /// Its weight for each channel of the layer.
      public var weights: [Float]
      /// The patches in which it is strongest.
      public var patches: [Patch]
      /// Where those are that methods are given that need natural pictures, best first; `nil` if they are given
      /// ``patches``.
      public var regions: [References.Region]?
      /// For given directions how pictures excite them.
      public var figures: References.Figures?

      /// A direction from its parts.
      public init(
        index: Int, importance: Double?, weights: [Float], patches: [Patch],
        regions: [References.Region]? = nil, figures: References.Figures? = nil
      ) {
        self.index = index
        self.importance = importance
        self.weights = weights
        self.patches = patches
        self.regions = regions
        self.figures = figures
      }
    }

    private enum CodingKeys: String, CodingKey {
      case label, layer, origin, explained, directions
      case classIndex = "class_index"
      case toldApart = "told_apart"
    }

    /// Directions that make up a class.
    public init(classIndex: Int, label: String, layer: String, explained: Double, directions: [Direction]) {
      self.classIndex = classIndex
      self.label = label
      self.layer = layer
      self.explained = explained
      self.directions = directions
    }

    /// Given directions.
    public init(layer: String, origin: Origin, toldApart: Double?, directions: [Direction]) {
      self.layer = layer
      self.origin = origin
      self.toldApart = toldApart
      self.directions = directions
    }
  }

  /// Where in natural pictures the directions of a concept are strong.
  public struct ConceptMaps: Codable, Sendable, Equatable {
    /// The maps: direction by direction, each picture in gray, red where the direction is strong.
    public var maps: [Map]

    /// A map of one picture.
    public struct Map: Codable, Sendable, Equatable {
      /// The direction's index.
      public var direction: Int
      /// The map's file.
      public var file: String
      /// The picture: the path below the exhibition's references folder.
      public var source: String
      /// The greatest amount in it; full colour is the greatest of all pictures of the direction.
      public var greatest: Double

      /// A map from its parts.
      public init(direction: Int, file: String, source: String, greatest: Double) {
        self.direction = direction
        self.file = file
        self.source = source
        self.greatest = greatest
      }
    }

    /// Maps.
    public init(maps: [Map]) { self.maps = maps }
  }

  /// The classes that a channel serves: how much of what speaks for each goes through it.
  public struct Served: Codable, Sendable, Equatable {
    /// How many pictures of each class were looked at, at most.
    public var pictures: Int
    /// The classes, the most served first.
    public var classes: [Service]

    /// A class.
    public struct Service: Codable, Sendable, Equatable {
      /// The class, as the exhibition calls it.
      public var label: String
      /// The channel's part of the positive relevance of its layer for the class; a mean over pictures.
      public var share: Double
      /// The standard deviation over pictures.
      public var spread: Double

      /// A class from its parts.
      public init(label: String, share: Double, spread: Double) {
        self.label = label
        self.share = share
        self.spread = spread
      }
    }

    /// Served classes.
    public init(pictures: Int, classes: [Service]) {
      self.pictures = pictures
      self.classes = classes
    }
  }

  /// The payload of a record of concept maps.
  public var conceptMaps: ConceptMaps? { if case .conceptMaps(let value) = payload { value } else { nil } }
  /// The payload of a record of served classes.
  public var served: Served? { if case .served(let value) = payload { value } else { nil } }
}
