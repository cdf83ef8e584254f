import Foundation
import Support

extension Exhibition {
  /// Reads and checks a configuration file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - methods: the methods that there are.
  /// - Throws: ``ConfigurationError`` with every fault found, or `FileError` if the file can't be read.
  public static func read(
    _ path: String, methods: [MethodFacts] = MethodFacts.all
  ) throws -> Exhibition {
    let file = try MappedFile(path: path)
    let data = Data(file.bytes)
    guard let text = String(data: data, encoding: .utf8) else {
      let place = Place(file: path, line: 1, column: 1)
      throw ConfigurationError([Problem(at: place, "the file is not text in UTF-8")])
    }
    return try parse(text, path: path, methods: methods)
  }

  /// Reads and checks a configuration's text; `path` names the file in messages and is what relative
  /// paths count from. Throws ``ConfigurationError``.
  public static func parse(
    _ text: String, path: String, methods: [MethodFacts] = MethodFacts.all
  ) throws -> Exhibition {
    let problems = ProblemList()
    let root = try YAMLDocument.root(of: text, file: path)
    let entry = Entry(node: root, file: path, name: "the exhibition", problems: problems)
    let reader = ExhibitionReader(path: path, methods: methods, problems: problems)
    let exhibition = reader.exhibition(entry)
    guard problems.problems.isEmpty, let exhibition else { throw ConfigurationError(problems.problems) }
    return exhibition
  }
}

/// Reads the sections of a configuration. A section that is wrong is reported and left out, so that the others
/// are still checked.
struct ExhibitionReader {
  let path: String
  let methods: [MethodFacts]
  let problems: ProblemList

  var folder: String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  static let keys = [
    "title", "subtitle", "authors", "licence", "pages", "introduction", "templates", "models", "references",
    "classes", "methods", "seeds", "snapshots", "precision", "units", "labels", "interpolations", "facets",
    "ablations",
    "circuits", "concepts", "adversarial", "adversarial_tables", "study", "site",
  ]

  func exhibition(_ root: Entry) -> Exhibition? {
    guard let fields = root.fields(Self.keys) else { return nil }
    let references = fields["references"].flatMap(self.references)
    let seeds = self.seeds(fields["seeds"])
    let models = fields.required("models")?.list().compactMap { self.model($0, seeds: seeds) } ?? []
    if let entry = fields["models"], entry.isList, entry.list().isEmpty {
      entry.report("an exhibition needs at least one model")
    } else if let entry = fields["models"], !models.isEmpty, models.allSatisfy({ $0.role == .judge }) {
      entry.report("all models are judges; at least one must be shown")
    }
    let classes = fields["classes"]?.list().compactMap { self.classEntry($0, references: references) } ?? []
    var exhibition = Exhibition(
      path: path, folder: folder,
      title: fields["title"]?.text() ?? defaultTitle, subtitle: fields["subtitle"]?.text(),
      authors: fields["authors"]?.list().compactMap { $0.text() } ?? [], licence: fields["licence"]?.text(),
      pages: ownFolder(fields["pages"], standard: "pages"),
      introduction: fields["introduction"].flatMap { ownPath($0, isFolder: false) },
      templates: ownFolder(fields["templates"], standard: "templates"), models: models,
      references: references,
      classes: classes,
      methods: methodEntries(fields["methods"], models: models, references: references, seeds: seeds),
      seeds: seeds, snapshots: fields["snapshots"]?.integer(0...1000) ?? 12,
      precision: precision(fields["precision"]), units: [], circuits: [], concepts: [], adversarials: [],
      studies: [], site: site(fields["site"]))
    let names = Names(exhibition: exhibition, descriptions: methods)
    exhibition.units = fields["units"]?.list().compactMap { unit($0, names) } ?? []
    exhibition.labels = labels(fields["labels"], names)
    exhibition.interpolations =
      fields["interpolations"]?.list().compactMap { interpolation($0, names) } ?? []
    exhibition.facets = fields["facets"]?.list().compactMap { facets($0, names) } ?? []
    exhibition.ablations = fields["ablations"]?.list().compactMap { ablation($0, names) } ?? []
    exhibition.circuits = fields["circuits"]?.list().compactMap { circuit($0, names) } ?? []
    exhibition.concepts = fields["concepts"]?.list().compactMap { concept($0, names) } ?? []
    exhibition.adversarials = fields["adversarial"]?.list().compactMap { adversarial($0, names) } ?? []
    exhibition.attackTables = fields["adversarial_tables"]?.list().compactMap { attackTable($0, names) } ?? []
    exhibition.studies = fields["study"]?.list().compactMap { study($0, names, exhibition) } ?? []
    if classes.isEmpty, exhibition.units.isEmpty, exhibition.interpolations.isEmpty, problems.problems.isEmpty
    {
      (fields["classes"] ?? root).report("nothing to show; add classes or units")
    }
    checkNames(exhibition)
    checkUnits(exhibition.units)
    return exhibition
  }

  private var defaultTitle: String {
    let name = (URL(fileURLWithPath: folder).lastPathComponent)
    return name.isEmpty || name == "." ? "Vitrine" : name
  }

  /// `seeds`, each once; some of `known` if there is such a choice.
  func seeds(_ entry: Entry?, among known: [UInt64]? = nil) -> [UInt64] {
    guard let entry else { return [0] }
    var seeds: [UInt64] = []
    for member in entry.list() {
      guard let seed = member.seed() else { continue }
      if seeds.contains(seed) { member.report("seed \(seed) is listed twice; remove one of them") }
      if let known, !known.contains(seed) {
        let list = known.map(String.init).joined(separator: ", ")
        member.report(
          "seed \(seed) is none of the exhibition's seeds (\(list)); add it there, or leave it out")
      }
      seeds.append(seed)
    }
    if seeds.isEmpty, entry.isList { entry.report("\"seeds\" is empty; leave it out for the seed 0") }
    return seeds
  }

  func precision(_ entry: Entry?) -> Exhibition.PrecisionName {
    guard let entry, let word = entry.text() else { return .float32 }
    if let precision = Exhibition.PrecisionName(rawValue: word) { return precision }
    entry.report("unknown precision \"\(word)\"; it is fp32 or bf16")
    return .float32
  }

  private func site(_ entry: Entry?) -> Exhibition.SiteEntry {
    var site = Exhibition.SiteEntry(address: nil, footer: nil, language: "en")
    guard let fields = entry?.fields(["address", "footer", "language"]) else { return site }
    site.footer = fields["footer"]?.text()
    if let entry = fields["language"], let word = entry.text() {
      let isTag = word.range(of: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", options: .regularExpression) != nil
      if !isTag { entry.report("\"\(word)\" is no language tag; write one such as en or de-AT") }
      site.language = word
    }
    if let entry = fields["address"], let text = entry.text() {
      let scheme = URL(string: text)?.scheme
      if scheme != "https" && scheme != "http" {
        entry.report("\"\(text)\" is no web address; write one that starts with https://")
      }
      site.address = text.hasSuffix("/") ? text : text + "/"
    }
    return site
  }
}
