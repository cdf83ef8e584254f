public import Foundation

/// What an artifact says of itself: how it was made, which files it holds, and what was measured.
///
/// Written as `record.json`, last of an entry's files; its keys are in snake case.
public struct Record: Codable, Sendable, Equatable {
  /// SHA-256 of the job's canonical JSON; also its place in the store.
  public var identity: String
  /// What kind of job made it.
  public var kind: Kind
  /// Everything that determines the result.
  public var recipe: Recipe
  /// The one-line command that remakes it.
  public var command: String
  /// The files beside the record, by name.
  public var files: [String: File]
  /// How long the job took.
  public var seconds: Double
  /// When it was finished: ISO 8601 in UTC, such as `2026-01-31T12:00:00Z`.
  public var created: String
  /// The version of Vitrine that made it.
  public var version: String
  /// What was found; `nil` if the job failed.
  public var payload: Payload?
  /// Why the job failed, in words for a reader; `nil` if it didn't.
  public var failure: String?
  /// What it was read from.
  private var source = Source(text: nil)

  private enum CodingKeys: CodingKey {
    case identity, kind, recipe, command, files, seconds, created, version, payload, failure
  }

  /// A text that doesn't tell records apart; `nil` if the record wasn't read.
  private struct Source: Sendable, Equatable {
    let text: Data?
    static func == (a: Source, b: Source) -> Bool { true }
  }

  /// A record from its parts.
  public init(
    identity: String, kind: Kind, recipe: Recipe, command: String, files: [String: File], seconds: Double,
    created: String, version: String, payload: Payload?, failure: String? = nil
  ) {
    self.identity = identity
    self.kind = kind
    self.recipe = recipe
    self.command = command
    self.files = files
    self.seconds = seconds
    self.created = created
    self.version = version
    self.payload = payload
    self.failure = failure
  }

  /// The kinds of jobs.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Natural pictures of a class, or the natural patches that excite a unit most.
    case references
    /// What in natural pictures of a class speaks for it.
    case attribution
    /// One synthetic picture of a target by a method.
    case visualization
    /// A class and its most relevant channels.
    case circuit
    /// Directions in a layer that make up a class.
    case concept
    /// Groups of a class's natural pictures.
    case facets
    /// A row of synthetic pictures from one target to another.
    case interpolation
    /// A picture changed so that a network takes it for something else.
    case adversarial
    /// A model's accuracy on the references, or what a model says of a picture.
    case evaluation
  }

  /// A file of an artifact.
  public struct File: Codable, Sendable, Equatable {
    /// The digest of its bytes.
    public var sha256: String
    /// Its length.
    public var bytes: Int
    /// Its width in pixels, if it is a picture.
    public var width: Int?
    /// Its height in pixels, if it is a picture.
    public var height: Int?

    /// A file's description.
    public init(sha256: String, bytes: Int, width: Int? = nil, height: Int? = nil) {
      self.sha256 = sha256
      self.bytes = bytes
      self.width = width
      self.height = height
    }
  }
}

extension Record {
  /// The record as it is stored: sorted keys in snake case, one fact a line.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads what ``json()`` wrote. The recipe of a record whose identity is known needn't be read, as the identity is
  /// its digest: with `recipe` it is taken for that, once the identity is found to be the same.
  public init(json data: Data, recipe: Recipe? = nil) throws {
    let decoder = JSONDecoder()
    if let key = CodingUserInfoKey.recipe { decoder.userInfo[key] = recipe }
    self = try decoder.decode(Record.self, from: data)
    source = Source(text: data)
  }

  /// Reads a record's parts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    identity = try container.decode(String.self, forKey: .identity)
    kind = try container.decode(Kind.self, forKey: .kind)
    let known = CodingUserInfoKey.recipe.flatMap { decoder.userInfo[$0] as? Recipe }
    recipe = try known ?? container.decode(Recipe.self, forKey: .recipe)
    command = try container.decode(String.self, forKey: .command)
    files = try container.decode([String: File].self, forKey: .files)
    seconds = try container.decode(Double.self, forKey: .seconds)
    created = try container.decode(String.self, forKey: .created)
    version = try container.decode(String.self, forKey: .version)
    payload = try container.decodeIfPresent(Payload.self, forKey: .payload)
    failure = try container.decodeIfPresent(String.self, forKey: .failure)
  }

  /// The text that it was read from, to hand on as it is; of a record that wasn't read, what ``json()`` makes.
  public func text() throws -> Data { try source.text ?? json() }
}

extension CodingUserInfoKey {
  /// A recipe that is known already.
  fileprivate static let recipe = CodingUserInfoKey(rawValue: "recipe")
}
