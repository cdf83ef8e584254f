/// A number or word that fixes a member of a family, as listings show it.
public struct Hyperparameter: Sendable, Codable, Equatable {
  /// What it is called, as in `model.yaml` where it can be set there.
  public let name: String
  /// Its value; several are separated by spaces.
  public let value: String

  /// A number or word.
  public init(_ name: String, _ value: some CustomStringConvertible) {
    self.name = name
    self.value = value.description
  }

  /// A yes or no.
  public init(_ name: String, _ value: Bool) { self.init(name, value ? "yes" : "no") }

  /// Several numbers.
  public init(_ name: String, _ values: [Int]) {
    self.init(name, values.map(String.init).joined(separator: " "))
  }
}
