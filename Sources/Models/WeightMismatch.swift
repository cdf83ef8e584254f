/// Everything that keeps a checkpoint from fitting an architecture, in one list.
public struct WeightMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// A tensor with other extents than the architecture's.
  public struct Misshapen: Equatable, Sendable {
    /// The tensor.
    public let name: String
    /// Its extents in the file.
    public let found: [Int]
    /// Those that the architecture needs.
    public let expected: [Int]
  }

  /// The checkpoint.
  public let path: String
  /// What the architecture is called, with its hyperparameters.
  public let architecture: String
  /// Tensors that the architecture needs and the file lacks.
  public var missing: [String] = []
  /// Tensors that the file has and the architecture doesn't.
  public var unexpected: [String] = []
  /// Tensors of other extents.
  public var misshapen: [Misshapen] = []
  /// Tensors that can't serve as weights, with the reason: integers, or numbers that aren't finite.
  public var unusable: [String] = []

  /// Whether all is well.
  public var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty && unusable.isEmpty
  }

  /// One line a fault, under a line that names the file and the architecture.
  public var description: String {
    var lines = ["\(path) doesn't fit \(architecture):"]
    lines += missing.map { "  missing: \($0)" }
    lines += unexpected.map { "  unexpected: \($0)" }
    lines += misshapen.map { "  misshapen: \($0.name) is \($0.found), but \($0.expected) is needed" }
    lines += unusable.map { "  unusable: \($0)" }
    return lines.joined(separator: "\n")
  }
}
