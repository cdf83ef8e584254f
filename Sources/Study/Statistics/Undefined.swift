/// Why a statistic has no value for the data at hand: said to the reader in its place, never a NaN.
public struct Undefined: Error, Hashable, Codable, Sendable, CustomStringConvertible {
  /// The reason, in words: "all differences are zero".
  public let reason: String

  /// A reason.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
