public import NeuralNetwork
import Support

/// Classes that texts make for CLIP's image tower: each a direction in the space that pictures and texts share.
public struct ZeroShotClasses: Sendable, CustomStringConvertible {
  /// The names of the classes.
  public let names: [String]
  /// Classes×embedding: each class's direction, of unit length, times the learned factor of cosines.
  public let weights: Parameter
  private let digest: String

  /// Classes of names and directions: one after another, of unit length. `scale` is the factor of cosines.
  public init(names: [String], directions: [Float], scale: Float) {
    self.names = names
    let width = names.isEmpty ? 0 : directions.count / names.count
    let numbers = directions.map { $0 * scale }
    weights = Parameter(name: "zero-shot weights", shape: [names.count, width], copying: numbers)
    digest = numbers.withUnsafeBytes { Digest.sha256($0) }
  }

  /// What tells these classes from others; part of a network's identity.
  public var description: String { "\(names) \(digest)" }
}
