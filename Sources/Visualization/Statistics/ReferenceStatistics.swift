import Foundation
import NeuralNetwork

/// What VITAL wants of a network's layers: for each channel the sorted activations of natural pictures, averaged
/// over the pictures (an averaged quantile function).
///
/// Made once for a network and a set of references, and shared by all pictures made from them.
public struct ReferenceStatistics: Sendable, Equatable {
  /// One layer's distributions.
  public struct Layer: Sendable, Equatable {
    /// The layer's name.
    public let name: String
    /// Channels, or numbers of a token.
    public let channels: Int
    /// Positions of a map, or tokens.
    public let positions: Int
    /// channels × positions: each channel's mean sorted activations, ascending; of activation × relevance if they are
    /// weighted by it.
    public let quantiles: [Float]
    /// How much each channel counts, from 0 to 1; empty if all count alike.
    public let importance: [Float]

    init(name: String, channels: Int, positions: Int, quantiles: [Float], importance: [Float] = []) {
      self.name = name
      self.channels = channels
      self.positions = positions
      self.quantiles = quantiles
      self.importance = importance
    }
  }

  /// The weights that they belong to, as ``Model/weightsHash``.
  public let weightsHash: String
  /// How many pictures went in.
  public let count: Int
  /// By what relevance activations are weighted; empty if they count as they are.
  public let weighting: String
  /// The layers in the order that they were asked for.
  public let layers: [Layer]

  init(weightsHash: String, count: Int, weighting: String = "", layers: [Layer]) {
    self.weightsHash = weightsHash
    self.count = count
    self.weighting = weighting
    self.layers = layers
  }

  /// The statistics of a layer, or `nil`.
  public subscript(layer name: String) -> Layer? { layers.first { $0.name == name } }
}
