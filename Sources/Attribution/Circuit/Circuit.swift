/// How a class is read from channels, and those from channels below them: a graph whose edges carry relevance.
///
/// VITAL shows the three most relevant channels of the last hidden layer (Görgün et al. 2025, section 4.1.2). What a channel
/// itself is read from follows concept relevance propagation (Achtibat et al. 2023, "From attribution maps to
/// human-understandable explanations through concept relevance propagation", Nature Machine Intelligence 5): the relevance
/// that a channel has for the class is sent on alone.
public struct Circuit: Sendable, Codable, Equatable {
  /// A figure over the pictures.
  public struct Figure: Sendable, Codable, Equatable {
    /// Their mean.
    public var mean: Double
    /// Their standard deviation (of the population).
    public var spread: Double

    /// A figure.
    public init(mean: Double, spread: Double) {
      self.mean = mean
      self.spread = spread
    }

    /// Of numbers, one a picture.
    init(_ values: some Collection<Double>) {
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      self.mean = mean
      spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
  }

  /// A channel.
  public struct Node: Sendable, Codable, Equatable {
    /// Its layer, one of ``Circuit/layers``.
    public var layer: String
    /// Its number within the layer.
    public var channel: Int
    /// Its place below the class, from 1.
    public var level: Int
    /// The class's relevance that reaches it along the circuit's edges, in units of the class's score.
    public var relevance: Figure
    /// The part of the class's positive relevance that reaches it so, from 0 to 1.
    public var share: Double

    /// How a user addresses it.
    public var address: String { "\(layer):\(channel)" }

    /// A channel from its parts.
    public init(layer: String, channel: Int, level: Int, relevance: Figure, share: Double) {
      self.layer = layer
      self.channel = channel
      self.level = level
      self.relevance = relevance
      self.share = share
    }
  }

  /// What a channel, or the class, has from a channel below.
  public struct Edge: Sendable, Codable, Equatable {
    /// The upper end's place in ``Circuit/nodes``; `nil` for the class.
    public var upper: Int?
    /// The lower end's place in ``Circuit/nodes``.
    public var lower: Int
    /// The relevance, in units of the class's score.
    public var relevance: Figure
    /// Its part of all positive relevance that the upper end has from the lower layer, from 0 to 1.
    public var share: Double

    /// An edge from its parts.
    public init(upper: Int?, lower: Int, relevance: Figure, share: Double) {
      self.upper = upper
      self.lower = lower
      self.relevance = relevance
      self.share = share
    }
  }

  /// The class's index.
  public var classIndex: Int
  /// The class's label.
  public var label: String
  /// The name of the rules by which relevance was sent back.
  public var rules: String
  /// The layers, from the class down.
  public var layers: [String]
  /// How many pictures were looked at.
  public var count: Int
  /// The channels, level by level, the most relevant first.
  public var nodes: [Node]
  /// The edges, from the class down, the most relevant of an upper end first.
  public var edges: [Edge]

  /// A circuit from its parts.
  public init(
    classIndex: Int, label: String, rules: String, layers: [String], count: Int, nodes: [Node], edges: [Edge]
  ) {
    self.classIndex = classIndex
    self.label = label
    self.rules = rules
    self.layers = layers
    self.count = count
    self.nodes = nodes
    self.edges = edges
  }

  /// The channels of a level, from 1.
  public func channels(ofLevel level: Int) -> [Int] { nodes.filter { $0.level == level }.map(\.channel) }
}
