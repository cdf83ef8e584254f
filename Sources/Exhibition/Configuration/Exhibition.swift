public import Visualization

/// What a user wants shown: `exhibition.yaml`, read and checked.
///
/// Paths are complete (relative ones count from the configuration's folder). Each part keeps its ``Place``,
/// so that what only a model can tell (an unknown class, a wrong setting) is still reported where it was written.
public struct Exhibition: Sendable, Equatable {
  /// The configuration file, as the user named it.
  public var path: String
  /// The folder of the configuration file.
  public var folder: String
  /// The exhibition's name.
  public var title: String
  /// A line below the title.
  public var subtitle: String?
  /// Who made it.
  public var authors: [String]
  /// The licence of its pictures and texts.
  public var licence: String?
  /// The folder of authored pages in Markdown; `nil` if there is none.
  public var pages: String?
  /// The page that opens the exhibition, in Markdown; `nil` for a generated one.
  public var introduction: String?
  /// A folder of templates that replace built-in ones; `nil` if there is none.
  public var templates: String?
  /// The networks, in the order of the grid's rows.
  public var models: [ModelEntry]
  /// Natural pictures, a folder a class; `nil` if there are none.
  public var references: References?
  /// The classes shown.
  public var classes: [ClassEntry]
  /// The methods, in the order of the grid's columns.
  public var methods: [MethodEntry]
  /// The seeds of which each picture is made, but for methods with fewer.
  public var seeds: [UInt64]
  /// How many pictures of the way each visualization keeps.
  public var snapshots: Int
  /// How numbers are held in the network.
  public var precision: PrecisionName
  /// Inner neurons, and other targets.
  public var units: [UnitEntry]
  /// What the author calls channels and other targets.
  public var labels: [LabelEntry] = []
  /// Rows of pictures between two targets.
  public var interpolations: [InterpolationEntry] = []
  /// Classes by groups of their natural pictures.
  public var facets: [FacetsEntry] = []
  /// Methods with one thing changed at a time.
  public var ablations: [AblationEntry] = []
  /// Circuits.
  public var circuits: [CircuitEntry]
  /// Concepts.
  public var concepts: [ConceptEntry]
  /// Adversarial examples.
  public var adversarials: [AdversarialEntry]
  /// Tables of attacks over classes.
  public var attackTables: [AttackTableEntry] = []
  /// Studies.
  public var studies: [StudyEntry]
  /// The site's own facts.
  public var site: SiteEntry

  /// `fp32` or `bf16`.
  public enum PrecisionName: String, Sendable, CaseIterable {
    /// Single precision.
    case float32 = "fp32"
    /// Brain floating point in the network's products.
    case bfloat16 = "bf16"
  }

  /// The folder of natural pictures.
  public struct References: Sendable, Equatable {
    /// The folder, with a folder for each class.
    public var folder: String
    /// How many pictures of a class are used at most; more are sampled by a fixed seed.
    public var count: Int
    /// How much of them a site may show.
    public var publication = Publication.full
    /// Under which licence they are, or whose they are, in words.
    public var licence: String?
    /// Where it was written.
    public var place: Place
  }

  /// How much of natural pictures a site shows: some may be looked at but not passed on.
  public enum Publication: String, Sendable, CaseIterable {
    /// The pictures as they are.
    case full
    /// Pictures of at most 128 pixels a side.
    case thumbnail
    /// A note in the place of each.
    case none
  }
}

extension Exhibition {
  /// A network.
  public struct ModelEntry: Sendable, Equatable {
    /// Its name in this exhibition.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// Its name in headings; `nil` for the one in the model's own file.
    public var title: String?
    /// The folder with `model.yaml`, or the weights' file.
    public var path: String
    /// What it is here for.
    public var role = Role.shown
    /// The seeds at which its classes are pictured, some of the exhibition's; `nil` for all.
    public var seeds: [UInt64]?
    /// Where it was written.
    public var place: Place
  }

  /// What a model is in an exhibition for.
  public enum Role: String, Sendable, CaseIterable {
    /// Pictures are made of its classes, and it says what it sees in those of all models.
    case shown
    /// It only says what it sees in the pictures: an independent opinion, and no pictures of its own classes.
    case judge
  }

  /// A class.
  public struct ClassEntry: Sendable, Equatable {
    /// Its name as written; models find it among their labels.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The folder of its natural pictures; `nil` without references.
    public var references: String?
    /// Where it was written.
    public var place: Place
  }

  /// A method with the settings that differ from its own.
  public struct MethodEntry: Sendable, Equatable {
    /// Its name in this exhibition.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The method used.
    public var use: String
    /// Its name in headings.
    public var title: String
    /// Settings that differ from the method's own.
    public var settings: [String: SettingValue]
    /// Settings that differ for single models.
    public var modelSettings: [String: [String: SettingValue]]
    /// Settings that differ for neurons and other targets within a network.
    public var innerSettings: [String: SettingValue] = [:]
    /// The same for single models.
    public var innerModelSettings: [String: [String: SettingValue]] = [:]
    /// Whether it is shown for such targets only, and not for classes.
    public var isInnerOnly = false
    /// Those of the exhibition's seeds that it makes pictures of; `nil` for all. The first is always among them.
    public var seeds: [UInt64]?
    /// Whether nobody asked for it: where no methods are written, all are taken.
    public var isAssumed = false
    /// Where it, or the setting of a name, was written.
    public var place: Place
    /// Where each setting was written: by name, or `model/name`.
    public var settingPlaces: [String: Place]
  }

  /// An inner neuron, or another target.
  public struct UnitEntry: Sendable, Equatable {
    /// The model's name.
    public var model: String
    /// Layer and channel, such as `layer4.1:485`, or any other address of a target.
    public var address: String
    /// Names of the methods.
    public var methods: [String]
    /// Those of the exhibition's seeds that its pictures are made of; `nil` for all.
    public var seeds: [UInt64]?
    /// Where it was written.
    public var place: Place
  }

  /// What the author calls a channel or another target.
  public struct LabelEntry: Sendable, Equatable {
    /// The model's name.
    public var model: String
    /// The target's address, as it was written.
    public var address: String
    /// What it is called.
    public var label: String
    /// Where it was written.
    public var place: Place
  }

  /// A class with the channels that it is read from.
  public struct CircuitEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// The class's name, one of the exhibition's.
    public var className: String
    /// To how many channels below the class, and each channel above the last level, is followed.
    public var channels: Int
    /// How many levels it has below the class.
    public var depth: Int
    /// Names of the methods.
    public var methods: [String]
    /// Those of the exhibition's seeds that its pictures are made of; `nil` for all.
    public var seeds: [UInt64]?
    /// Where it was written.
    public var place: Place
  }

  /// An attack on a model.
  public struct AdversarialEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// The class of the picture that it starts from.
    public var source: String
    /// Which of that class's references, from 0.
    public var reference: Int
    /// The class that the model shall see.
    public var target: String
    /// The attacks that are compared on it.
    public var attacks: [AttackEntry]
    /// The seed of random starts.
    public var seed: UInt64
    /// Where it was written.
    public var place: Place
  }

  /// A way to attack, with the settings that differ from its own.
  public struct AttackEntry: Sendable, Equatable {
    /// Its name where it is used; names differ there.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The attack used.
    public var use: String
    /// Its name in headings.
    public var title: String
    /// Settings that differ from the attack's own.
    public var settings: [String: SettingValue]
    /// Where it was written.
    public var place: Place
    /// Where each setting was written.
    public var settingPlaces: [String: Place]
  }

  /// A table of attacks on a model: each on pictures of several classes.
  public struct AttackTableEntry: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its name in addresses.
    public var slug: String
    /// The model's name.
    public var model: String
    /// The attacks, in the order of the table's columns.
    public var attacks: [AttackEntry]
    /// From which class to which, in the order of its rows.
    public var pairs: [Pair]
    /// How many references of each class are attacked, the first ones.
    public var pictures: Int
    /// The seed of random starts.
    public var seed: UInt64
    /// Where it was written.
    public var place: Place

    /// A class whose pictures are attacked, and the one that the model shall see.
    public struct Pair: Sendable, Equatable {
      /// The class of the pictures, one of the exhibition's.
      public var source: String
      /// The class to see.
      public var target: String
      /// Where it was written.
      public var place: Place
    }
  }

  /// Facts of the site that no record holds.
  public struct SiteEntry: Sendable, Equatable {
    /// Its address on the web, with a slash at the end; `nil` if it has none yet.
    public var address: String?
    /// A line at the foot of each page.
    public var footer: String?
    /// The language of the texts, such as `en`.
    public var language: String
  }
}

extension Exhibition {
  /// The model of a name.
  public func model(named name: String) -> ModelEntry? { models.first { $0.name == name } }
  /// The class of a name.
  public func entry(forClass name: String) -> ClassEntry? { classes.first { $0.name == name } }
  /// The method of a name.
  public func method(named name: String) -> MethodEntry? { methods.first { $0.name == name } }
  /// The seeds of which a method makes pictures; for an exhibit with seeds of its own those that both have.
  public func seeds(of method: MethodEntry, in own: [UInt64]? = nil) -> [UInt64] {
    let seeds = method.seeds ?? seeds
    return own.map { own in seeds.filter(own.contains) } ?? seeds
  }
}
