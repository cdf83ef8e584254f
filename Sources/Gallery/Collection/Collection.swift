import Exhibition

/// Everything that the site shows, in its order: the exhibition's wishes joined with the store's records.
///
/// Pages are made from this alone, so that they can be tested without a network, a plan or a store.
struct Collection: Sendable {
  var site = SiteFacts()
  var models: [ModelExhibit] = []
  var methods: [MethodExhibit] = []
  var classes: [ClassExhibit] = []
  var units: [UnitExhibit] = []
  var circuits: [CircuitExhibit] = []
  var concepts: [ConceptExhibit] = []
  var interpolations: [InterpolationExhibit] = []
  var facets: [FacetsExhibit] = []
  var ablations: [AblationExhibit] = []
  var attacks: [AttackExhibit] = []
  var attackTables: [AttackTableExhibit] = []
  /// Studies that are planned.
  var studies: [StudyExhibit] = []
  /// What the author calls targets.
  var labels: [Plan.Written: String] = [:]
  /// The authored pages without drafts, in the menu's order; the one named `index` is the introduction.
  var pages: [AuthoredPage] = []

  /// Every synthetic picture with the exhibit that it belongs to, in the site's order.
  var works: [Work] {
    let inner =
      circuits.flatMap(\.channels).flatMap(\.works) + concepts.flatMap(\.directions).flatMap(\.works)
    return classes.flatMap(\.works) + units.flatMap(\.works) + inner
      + facets.flatMap(\.facets).flatMap(\.works)
  }

  /// The model of a name.
  func model(_ name: String) -> ModelExhibit? { models.first { $0.name == name } }

  /// What the author calls a target of a model.
  func label(of address: String, in model: String) -> String? {
    labels[.init(model: model, address: address)]
  }

  /// The method of a name.
  func method(_ name: String) -> MethodExhibit? { methods.first { $0.name == name } }
}

/// What the site says of itself.
struct SiteFacts: Sendable {
  var title = "Gallery"
  var summary = ""
  var language = "en"
  /// The site's address on the web, if it is known; only then are there a sitemap, a feed and previews.
  var address: String?
  var version = ""
  var authors: [String] = []
  var licence: String?
  /// How much of natural pictures is shown.
  var publication = Exhibition.Publication.full
  /// Under which licence they are, in words.
  var referencesLicence: String?
  /// A line at the foot of each page.
  var footer: String?

  /// The address with a slash at its end, to put a page's path after.
  var base: String? { address.map { $0.hasSuffix("/") ? $0 : $0 + "/" } }
}

/// A picture file in the store.
struct StoredPicture: Sendable, Hashable {
  /// Where the file is.
  let path: String
  let sha256: String
  let width: Int
  let height: Int
  /// How many bytes its record says that it has; `nil` if it has none.
  var size: Int?
  /// Whether it is a natural picture, or one that was made by changing one.
  var isNatural = false
}

/// A natural picture with the place it was found at.
struct NaturalPicture: Sendable {
  let picture: StoredPicture
  let source: String
  /// The mean activation for which a patch was chosen.
  var score: Double?
}

/// Something that should be there, or the reason why it isn't.
enum Found<Value: Sendable>: Sendable {
  case here(Value)
  case missing(reason: String)

  var value: Value? { if case .here(let value) = self { value } else { nil } }
  var gap: String? { if case .missing(let reason) = self { reason } else { nil } }
}

/// A synthetic picture: wanted by the exhibition, and made or not.
struct Work: Sendable {
  let model: String
  let method: String
  let seed: UInt64
  let target: Record.Target
  var result: Found<Made>
  /// Whether the method can be used on the network at all.
  var isPossible = true
  /// What each model says of it, the own model first.
  var judgements: [Judged] = []

  /// Whether the picture could be there and isn't.
  var isMissing: Bool { isPossible && result.gap != nil }

  /// The finished picture; `nil` if there is none.
  var made: StoredPicture? { result.value.flatMap { $0.picture($0.visualization.picture) } }

  /// A finished picture with its record. A reference, since a work is handed on many times and a record is large.
  final class Made: Sendable {
    let record: Record
    let visualization: Record.Visualization
    /// The entry's folder in the store.
    let folder: String

    init(record: Record, visualization: Record.Visualization, folder: String) {
      self.record = record
      self.visualization = visualization
      self.folder = folder
    }

    /// A file of the entry as a picture.
    func picture(_ name: String) -> StoredPicture? { record.picture(name, in: folder) }
  }

  /// What a model says of the picture.
  struct Judged: Sendable {
    let model: String
    let judgement: Record.Judgement
  }
}

extension Record {
  /// A file of this record's entry as a picture; `nil` if it is none.
  func picture(_ name: String, in folder: String) -> StoredPicture? {
    guard let file = files[name], let width = file.width, let height = file.height else { return nil }
    return StoredPicture(
      path: folder + "/" + name, sha256: file.sha256, width: width, height: height, size: file.bytes,
      isNatural: ![.visualization, .interpolation].contains(kind))
  }
}
