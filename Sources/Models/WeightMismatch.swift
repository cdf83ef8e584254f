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

  /// What would fit instead, as a whole sentence, if anything is known.
  public var suggestion: String?

  /// Longest list of one fault; a file of another network lacks every tensor.
  static let longestList = 20

  /// Whether all is well.
  public var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty && unusable.isEmpty
  }

  /// One line a fault, under a line that names the file, the architecture and how many faults there are.
  public var description: String {
    let kinds: [(name: String, faults: [String])] = [
      ("missing", missing),
      ("unexpected", unexpected),
      ("misshapen", misshapen.map { "\($0.name) is \($0.found), but \($0.expected) is needed" }),
      ("unusable", unusable),
    ]
    let counts = kinds.filter { !$0.faults.isEmpty }.map { "\($0.faults.count) \($0.name)" }
    var lines = ["\(path) doesn't fit \(architecture): \(counts.joined(separator: ", "))"]
    for (name, faults) in kinds {
      lines += faults.prefix(Self.longestList).map { "  \(name): \($0)" }
      if faults.count > Self.longestList {
        lines.append("  \(name): … and \(faults.count - Self.longestList) more")
      }
    }
    return (lines + (suggestion.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
