/// What a model's description says of its training; shown on the model's page, never computed with.
public struct TrainingNote: Sendable, Codable, Equatable {
  /// A fact in the describer's own words.
  public struct Detail: Sendable, Codable, Equatable {
    /// What: "epochs".
    public var name: String
    /// How much: "12".
    public var value: String
  }

  /// How it was trained, in a sentence or two.
  public var description: String?
  /// Share of validation pictures classified rightly, from 0 to 1.
  public var accuracy: Double?
  /// The seed of the training run.
  public var seed: Int?
  /// Everything else, in the order of the file.
  public var details: [Detail]
}
