/// What a picture is made to show: a class neuron, a channel of any layer, or a direction between channels.
public enum Target: Sendable, Hashable, Codable {
  /// The score of a class before the softmax, by its index.
  case classLogit(Int)
  /// A channel of a layer (a hidden unit of a transformer's tokens), averaged over all positions.
  case channel(layer: String, channel: Int)
  /// A direction in a layer's channel space, one weight a channel: the mean over positions of the dot product.
  case direction(layer: String, weights: [Float])
}
