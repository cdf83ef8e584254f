/// What a picture is made to show: a class, a unit of any layer, or a weighted sum of several.
///
/// The activation of a target is Σ weight·activation over its terms; each method that ascends an activation makes it
/// large.
public struct Target: Sendable, Hashable, Codable {
  /// The terms; at least one.
  public var terms: [Term]

  /// A unit with its weight in the sum.
  public struct Term: Sendable, Hashable, Codable {
    /// Its factor, finite and not 0; less than 0 for what is to be small.
    public var weight: Float
    /// What is activated.
    public var unit: Unit

    /// A unit with its weight.
    public init(_ weight: Float, _ unit: Unit) {
      self.weight = weight
      self.unit = unit
    }
  }

  /// What can be activated.
  public enum Unit: Sendable, Hashable, Codable {
    /// The score of a class before the softmax, by its index.
    case classLogit(Int)
    /// How probable a class is, as log softmax in nats. The logarithm has its optimum where the probability has, and a
    /// slope that doesn't vanish where the network is far from sure.
    case classProbability(Int)
    /// Channels of a layer: averaged over all positions, or at the one position given, counted row by row in a map and
    /// from the first token on.
    case layer(String, Channels, position: Int?)
  }

  /// What of a layer's channels counts.
  public enum Channels: Sendable, Hashable, Codable {
    /// A channel of a map, or a number of every token.
    case channel(Int)
    /// One weight a channel: the dot product.
    case direction([Float])
    /// An attention head, by its share of the channels: the Euclidean norm of its output at a position.
    ///
    /// The norm, and not the sum: the network stays the same function when a head's numbers are rotated (its value
    /// matrix by the rotation, the matrix after the heads back), so that a sum of them means nothing, while the norm
    /// stays what it was. It is also what DeepDream makes large where several channels count without a sign (Mordvintsev
    /// et al. 2015), and how much heads contribute is measured by (Kobayashi et al. 2020, arXiv 2004.10102). For single
    /// numbers of heads, as Ghiasi et al. 2022 (arXiv 2212.06727) look at, there is ``channel(_:)``.
    case head(Range<Int>)
  }

  /// A sum of terms.
  public init(_ terms: [Term]) { self.terms = terms }

  /// A single unit.
  public init(_ unit: Unit) { terms = [Term(1, unit)] }

  /// The class, if the target is the score or the probability of a single one with weight 1.
  public var classIndex: Int? {
    guard terms.count == 1, terms[0].weight == 1 else { return nil }
    switch terms[0].unit {
    case .classLogit(let index), .classProbability(let index): return index
    case .layer: return nil
    }
  }

  /// The layer within the network that all terms belong to; `nil` for classes and for sums over several layers.
  public var layer: String? {
    let layers = Set(
      terms.map { term -> String? in
        if case .layer(let layer, _, _) = term.unit { layer } else { nil }
      })
    return layers.count == 1 ? layers.first ?? nil : nil
  }

  /// The score of a class before the softmax, by its index.
  public static func classLogit(_ index: Int) -> Target { Target(.classLogit(index)) }

  /// The log probability of a class, by its index.
  public static func classProbability(_ index: Int) -> Target { Target(.classProbability(index)) }

  /// A channel of a layer (a hidden unit of a transformer's tokens), averaged over all positions.
  public static func channel(layer: String, channel: Int) -> Target {
    Target(.layer(layer, .channel(channel), position: nil))
  }

  /// A direction in a layer's channel space, one weight a channel: the mean over positions of the dot product.
  public static func direction(layer: String, weights: [Float]) -> Target {
    Target(.layer(layer, .direction(weights), position: nil))
  }
}
