import Foundation
import Network

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
    /// channels × positions: each channel's mean sorted activations, ascending.
    public let quantiles: [Float]
  }

  /// The weights that they belong to, as ``Model/weightsHash``.
  public let weightsHash: String
  /// How many pictures went in.
  public let count: Int
  /// The layers in the order that they were asked for.
  public let layers: [Layer]

  init(weightsHash: String, count: Int, layers: [Layer]) {
    self.weightsHash = weightsHash
    self.count = count
    self.layers = layers
  }

  /// The statistics of a layer, or `nil`.
  public subscript(layer name: String) -> Layer? { layers.first { $0.name == name } }
}
