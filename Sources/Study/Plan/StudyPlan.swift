/// Who sees what: the assignment of a study, made before anything starts.
public struct StudyPlan: Codable, Equatable, Sendable {
  /// The form of this file; 1.
  public var format = 1
  /// The study's name.
  public var study: String
  /// The hash of the definition that it was made for.
  public var studyHash: String
  /// The seed that it was made with.
  public var seed: UInt64
  /// The assignments. A participant's link names one by its number, from 1.
  public var rows: [Row]

  /// What one participant sees.
  public struct Row: Codable, Equatable, Sendable {
    /// From 1.
    public var number: Int
    /// In their order.
    public var trials: [Trial]
  }

  /// One screen.
  public struct Trial: Codable, Equatable, Sendable {
    /// 12 hexadecimal digits that tell nothing of the content.
    public var id: String
    /// The part's name.
    public var part: String
    /// What it is for.
    public var kind: TrialKind
    /// The item's name within the part.
    public var item: String
    /// The methods that are shown, from the first position to the last.
    public var methods: [String]
    /// Which pair of queries is shown, from 0; of a choice only.
    public var query: Int?
    /// Where the query that excites more stands, 1 or 2; of a choice only.
    public var strongPosition: Int?
  }
}
