/// A direction in a layer's channels that recurs in pictures of a class, such as "stripes".
public struct Concept: Sendable, Equatable {
  /// Its weight for each channel, all ≥ 0, of length 1.
  public let direction: [Float]
  /// Sobol's total index for the class's score, averaged over the references: the part of the score's variance that is
  /// due to how much of this concept a picture has.
  public let totalIndex: Double
  /// Its part of all concepts' total indices, from 0 to 1.
  public let importance: Double
  /// The patches in which it is strongest, each of another picture, best first.
  public let patches: [Patch]
}
