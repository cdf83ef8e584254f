public import Imaging

/// A square part of a reference picture.
public struct Patch: Sendable, Equatable {
  /// Which reference picture, counted from 0.
  public let picture: Int
  /// Its left edge in the prepared picture, in pixels.
  public let x: Int
  /// Its upper edge.
  public let y: Int
  /// Its side.
  public let side: Int
  /// What it was chosen for: the unit's mean activation, or a concept's weight.
  public let score: Double
  /// Its pixels.
  public let crop: Image
  /// Its pixels enlarged to the network's input, C×H×W in [0, 1], not normalized.
  public let prepared: [Float]
}
