public import NeuralNetwork

/// One unit of a network, as its owner writes it.
///
///     class:zebra                 a class: by label, WordNet's identifier or index, see ``Model/classIndex(_:)``
///     probability:zebra           how probable a class is, after the softmax
///     layer4.1:485                a channel of a map, or a number of every token, over all positions
///     layer4.1:485@3,4            one neuron: the channel at row 3, column 4
///     blocks.9.mlp.fc1:12@t7      the number of token 7; `@class` is the class token, `@3,4` the patch's token there
///     blocks.9.attn:head3         all numbers of an attention head, before the layer that mixes the heads
///     layer4.1:0.8*485-12         a direction: a weighted sum of channels
///
/// A place may follow any of them but a class. Rows, columns, tokens, heads and channels count from 0.
/// ``Model/unit(_:)`` reads addresses; ``TargetAddress`` adds several up.
public struct UnitAddress: Sendable, Hashable, CustomStringConvertible {
  /// What is picked from a layer's channels.
  public enum Selection: Sendable, Hashable {
    /// A class, by its index: a channel of the logits.
    case classIndex(Int)
    /// The probability of a class, by its index: a channel of the logits and what it is compared with.
    case probability(Int)
    /// Channel of a map, or place in a vector or token.
    case channel(Int)
    /// An attention head with its share of the channels.
    case head(Int, channels: Range<Int>)
    /// The sum of channels with their weights.
    case direction([Term])
  }

  /// A channel with its weight in a direction.
  public struct Term: Sendable, Hashable {
    /// The channel.
    public let channel: Int
    /// Its factor, finite and not 0.
    public let weight: Float
  }

  /// One position of a layer.
  public struct Place: Sendable, Hashable {
    /// Its place among the layer's positions: row by row in a map, and from the first token on.
    public let index: Int
    /// As it stands in an address: `3,4`, or `t7`.
    public let text: String
  }

  /// The layer as the user wrote it; the logits' node for a class.
  public let layer: String
  /// Its node; for a head that of the attention itself.
  public let node: Graph.NodeID
  /// What is picked from its channels.
  public let selection: Selection
  /// The one position that counts; `nil` for all of them.
  public let place: Place?

  /// The class, if the address names one.
  public var classIndex: Int? { if case .classIndex(let index) = selection { index } else { nil } }

  /// The channel, if it is a whole one or a class.
  public var channel: Int? {
    switch selection {
    case .classIndex(let index): index
    case .channel(let channel): place == nil ? channel : nil
    case .probability, .head, .direction: nil
    }
  }

  /// `layer4.1:485`, or `class:340`.
  public var description: String {
    let place = place.map { "@\($0.text)" } ?? ""
    switch selection {
    case .classIndex(let index): return "class:\(index)"
    case .probability(let index): return "probability:\(index)"
    case .channel(let channel): return "\(layer):\(channel)\(place)"
    case .head(let head, _): return "\(layer):head\(head)\(place)"
    case .direction(let terms):
      let sum = terms.map { "\($0.weight < 0 ? "-" : "+")\($0.weight.magnitude)*\($0.channel)" }.joined()
      return "\(layer):\(sum.hasPrefix("+") ? String(sum.dropFirst()) : sum)\(place)"
    }
  }
}
