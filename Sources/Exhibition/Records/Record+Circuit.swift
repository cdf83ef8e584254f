extension Record {
  /// A class, the channels that it is read from, and those that these are read from. The visualizations of the channels
  /// are jobs of their own; ``Catalogue`` finds them.
  public struct Circuit: Codable, Sendable, Equatable {
    /// The class's index.
    public var classIndex: Int
    /// The class's label.
    public var label: String
    /// The rules by which relevance was sent back.
    public var rules: String
    /// The layers, from the class down.
    public var layers: [String]
    /// How many natural pictures were looked at.
    public var pictures: Int
    /// The channels, level by level, the most relevant first.
    public var channels: [Channel]
    /// What channels, and the class, have from those below.
    public var edges: [Edge]
    /// What becomes of the class without some channels.
    public var outcomes: [Outcome]

    /// A channel with its part in the class.
    public struct Channel: Codable, Sendable, Equatable {
      /// How a user addresses it, such as `layer4.1:485`.
      public var address: String
      /// Its layer.
      public var layer: String
      /// Its number within the layer.
      public var channel: Int
      /// Its place below the class, from 1.
      public var level: Int
      /// Mean over the pictures of the class's relevance that reaches it, in units of the class's score.
      public var relevance: Double
      /// Standard deviation of that.
      public var spread: Double
      /// Part of the class's positive relevance that reaches it along the circuit, from 0 to 1.
      public var share: Double
      /// The natural patches that excite it most.
      public var patches: [Patch]

      /// A channel from its parts.
      public init(
        address: String, layer: String, channel: Int, level: Int = 1, relevance: Double, spread: Double,
        share: Double, patches: [Patch]
      ) {
        self.address = address
        self.layer = layer
        self.channel = channel
        self.level = level
        self.relevance = relevance
        self.spread = spread
        self.share = share
        self.patches = patches
      }
    }

    /// What a channel, or the class, has from a channel below.
    public struct Edge: Codable, Sendable, Equatable {
      /// The upper end's place among the channels; `nil` for the class.
      public var upper: Int?
      /// The lower end's place among the channels.
      public var lower: Int
      /// Mean relevance.
      public var relevance: Double
      /// Standard deviation of the relevance.
      public var spread: Double
      /// Its part of all positive relevance that the upper end has from the lower layer, from 0 to 1.
      public var share: Double

      /// An edge from its parts.
      public init(upper: Int?, lower: Int, relevance: Double, spread: Double, share: Double) {
        self.upper = upper
        self.lower = lower
        self.relevance = relevance
        self.spread = spread
        self.share = share
      }
    }

    /// What becomes of the class without some channels.
    public struct Outcome: Codable, Sendable, Equatable {
      /// What was set to zero, in words.
      public var title: String
      /// The class's mean probability.
      public var probability: Double
      /// Its standard deviation.
      public var spread: Double
      /// In how much of the pictures the class is the first guess, from 0 to 1.
      public var recognized: Double

      /// An outcome from its parts.
      public init(title: String, probability: Double, spread: Double, recognized: Double) {
        self.title = title
        self.probability = probability
        self.spread = spread
        self.recognized = recognized
      }
    }

    private enum CodingKeys: String, CodingKey {
      case label, rules, layers, pictures, channels, edges, outcomes
      case classIndex = "class_index"
    }

    /// A circuit from its parts.
    public init(
      classIndex: Int, label: String, rules: String, layers: [String], pictures: Int, channels: [Channel],
      edges: [Edge], outcomes: [Outcome]
    ) {
      self.classIndex = classIndex
      self.label = label
      self.rules = rules
      self.layers = layers
      self.pictures = pictures
      self.channels = channels
      self.edges = edges
      self.outcomes = outcomes
    }
  }
}
