/// One piece of work with a result in the store.
public struct Job: Sendable, Equatable {
  /// The digest of the recipe's canonical JSON and the kind: the result's place in the store.
  public let identity: String
  /// The kind of work.
  public let kind: Record.Kind
  /// Everything that determines the result.
  public let recipe: Record.Recipe
  /// What a reader calls it, such as `zebra by VITAL in demo-resnet`.
  public let title: String
  /// The one-line command that remakes it.
  public let command: String
  /// The natural pictures that it reads; their digest is part of the recipe.
  public let sources: [Source]

  /// A natural picture on disk.
  public struct Source: Sendable, Equatable {
    /// The file.
    public let path: String
    /// The file below the references' folder, as records name it.
    public let name: String
    /// The class that it shows, in the job's model.
    public let classIndex: Int
    /// The class that it shows, as the exhibition calls it; empty where that doesn't matter.
    public let className: String
    /// What it is there for.
    public let role: Role

    /// What a source is there for.
    public enum Role: Sendable {
      /// A picture of the exhibition's references.
      case reference
      /// A file of given directions.
      case directions
      /// A picture with something, from whose like a direction is made.
      case with
      /// A picture without it.
      case without
    }

    /// A natural picture.
    public init(
      path: String, name: String, classIndex: Int, className: String = "", role: Role = .reference
    ) {
      self.path = path
      self.name = name
      self.classIndex = classIndex
      self.className = className
      self.role = role
    }
  }

  /// A job; its identity follows from kind and recipe. `command` gets the identity's beginning, for jobs that
  /// only a whole run can remake.
  public init(
    kind: Record.Kind, recipe: Record.Recipe, title: String, sources: [Source] = [],
    command: (String) -> String
  ) {
    var recipe = recipe
    recipe.numerics = max(recipe.numerics, Version.numerics(of: recipe.settings))
    let identity = Job.identity(kind: kind, recipe: recipe)
    self.identity = identity
    self.kind = kind
    self.recipe = recipe
    self.title = title
    self.command = command(String(identity.prefix(12)))
    self.sources = sources
  }

  /// What an exhibit calls a job: how the gallery finds results without knowing settings.
  public struct Key: Hashable, Sendable {
    /// The kind of work.
    public var kind: Record.Kind
    /// The model's name in the exhibition.
    public var model: String
    /// What it is about, see ``Subject``.
    public var subject: Subject
    /// The method's name in the exhibition; `nil` for jobs without one.
    public var method: String?
    /// The seed; `nil` for jobs that every seed shares.
    public var seed: UInt64?

    /// A key from its parts.
    public init(
      kind: Record.Kind, model: String, subject: Subject, method: String? = nil, seed: UInt64? = nil
    ) {
      self.kind = kind
      self.model = model
      self.subject = subject
      self.method = method
      self.seed = seed
    }
  }

  /// What a job is about, in the exhibition's words.
  public enum Subject: Hashable, Sendable {
    /// A class of the exhibition, by name.
    case classNamed(String)
    /// A channel of a layer.
    case channel(layer: String, channel: Int)
    /// Another unit, or a sum of several, by its address as the model writes it.
    case unit(String)
    /// A class's picture by a variant of an ablation of the exhibition, by the ablation's name.
    case ablation(String, variant: Int, className: String)
    /// The facets of a class, by their name in the exhibition.
    case facets(String)
    /// One of them.
    case facet(of: String, index: Int)
    /// A row of pictures between two targets, by its name in the exhibition.
    case interpolation(String)
    /// A direction of a concept of the exhibition, by the concept's name.
    case direction(concept: String, index: Int)
    /// A circuit of the exhibition, by name.
    case circuit(String)
    /// A concept of the exhibition, by name.
    case concept(String)
    /// An adversarial example of the exhibition, by name; the key's method is the attack's name there.
    case adversarial(String)
    /// An attack of a table on a reference of a class; the key's method is the attack's name there.
    case attackTable(String, source: String, target: String, reference: Int)
    /// The natural pictures that a choice of a study shows of a unit.
    case studyUnit(study: String, part: String, address: String)
    /// The model as a whole.
    case model
    /// A file of the job with an identity; the key's model is the one that judges it.
    case picture(String, file: String)
  }
}
