import Exhibition
import Foundation
import Visualization

/// Finds the results of each part of an exhibition, or the reason why there are none.
struct CatalogueReader {
  let catalogue: Catalogue

  var exhibition: Exhibition { catalogue.exhibition }

  /// A result, or the reason for its absence in words for a visitor.
  func found(_ state: Store.State?) -> Found<Record> {
    switch state {
    case .done(let record): .here(record)
    case .failed(let record): .missing(reason: record.failure ?? "The job failed without saying why.")
    case .damaged: .missing(reason: "The stored result is damaged; the next build makes it again.")
    case .missing: .missing(reason: "Not computed yet.")
    case nil: .missing(reason: "Not planned yet: it depends on a result that isn't there.")
    }
  }

  /// The folder of a record's files.
  func folder(_ record: Record) -> String { catalogue.store.path(of: record.identity) }

  func model(_ entry: Exhibition.ModelEntry) -> ModelExhibit? {
    guard let facts = catalogue.models[entry.name] else { return nil }
    let state = catalogue.state(Job.Key(kind: .evaluation, model: entry.name, subject: .model))
    let accuracy: Found<Record.Accuracy> =
      switch found(state) {
      case .here(let record): record.accuracy.map { .here($0) } ?? .missing(reason: "The record holds none.")
      case .missing(let reason):
        .missing(reason: accuracyGap(of: entry, reason: reason))
      }
    var training: [(name: String, value: String)] = []
    if let note = facts.training {
      if let text = note.description { training.append(("In words", text)) }
      if let accuracy = note.accuracy { training.append(("Validation accuracy", Format.percent(accuracy))) }
      if let seed = note.seed { training.append(("Seed", String(seed))) }
      training += note.details.map { (Self.heading($0.name), $0.value) }
    }
    return ModelExhibit(
      name: entry.name, title: entry.title ?? facts.title, architecture: facts.architecture,
      inputSize: facts.inputSize, labels: facts.labels, parameterCount: facts.parameterCount,
      weightsHash: facts.weightsHash, training: training, accuracy: accuracy,
      unknownClasses: catalogue.plan.leftOut.filter { $0.model == entry.name }.map(\.className))
  }

  private func accuracyGap(of entry: Exhibition.ModelEntry, reason: String) -> String {
    if exhibition.references == nil { return "The exhibition has no references." }
    let knowsAny = exhibition.classes.contains { !catalogue.plan.isLeftOut($0.name, in: entry.name) }
    return knowsAny ? reason : "It knows none of the exhibition's classes."
  }

  /// `learning_rate` as a heading: `Learning rate`.
  private static func heading(_ key: String) -> String {
    let words = key.replacing("_", with: " ").replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  func method(_ entry: Exhibition.MethodEntry) -> MethodExhibit {
    let type = try? Methods.named(entry.use)
    let description = type?.description
    return MethodExhibit(
      name: entry.name, title: entry.title, summary: description?.summary ?? "",
      citation: description?.citation.text ?? "", bibtex: description?.citation.bibtex ?? "",
      link: description?.citation.url,
      needsReferences: description?.needsReferences == true && !(type is any SpectrumMethod.Type))
  }

  func classExhibit(_ entry: Exhibition.ClassEntry) -> ClassExhibit {
    let models = exhibition.models.filter { !catalogue.plan.isLeftOut(entry.name, in: $0.name) }
    let state = models.first.flatMap {
      catalogue.state(Job.Key(kind: .references, model: $0.name, subject: .classNamed(entry.name)))
    }
    let pictures = models.filter { $0.role == .shown }.flatMap { model in
      works(
        .classNamed(entry.name), model: model.name,
        methods: exhibition.methods.filter { !$0.isInnerOnly }.map(\.name)
      ) {
        Record.Target(kind: .classLogit, label: entry.name, address: "class:\(entry.name)")
      }
    }
    let attributions = models.filter { $0.role == .shown }.map { ($0.name, maps(of: entry, in: $0)) }
    return ClassExhibit(
      label: entry.name, references: naturals(state),
      maps: Dictionary(attributions, uniquingKeysWith: { first, _ in first }), works: pictures,
      absentModels: exhibition.models.map(\.name).filter { catalogue.plan.isLeftOut(entry.name, in: $0) })
  }

  /// What in a class's natural pictures speaks for it to a model.
  private func maps(of entry: Exhibition.ClassEntry, in model: Exhibition.ModelEntry) -> AttributionExhibit {
    let key = Job.Key(kind: .attribution, model: model.name, subject: .classNamed(entry.name))
    switch found(catalogue.state(key)) {
    case .missing(let reason): return AttributionExhibit(method: "", maps: .missing(reason: reason))
    case .here(let record):
      let maps = (record.attributions?.maps ?? []).compactMap { map in
        record.picture(map.file, in: folder(record)).map {
          NaturalPicture(picture: $0, source: map.source, score: nil)
        }
      }
      return AttributionExhibit(method: record.recipe.method ?? "", maps: .here(maps))
    }
  }

  /// The natural pictures of a references job.
  func naturals(_ state: Store.State?) -> Found<[NaturalPicture]> {
    guard exhibition.references != nil else { return .missing(reason: "The exhibition has no references.") }
    switch found(state) {
    case .here(let record): return .here(pictures(record.references?.pictures ?? [], of: record))
    case .missing(let reason): return .missing(reason: reason)
    }
  }

  func pictures(_ patches: [Record.Patch], of record: Record) -> [NaturalPicture] {
    patches.compactMap { patch in
      record.picture(patch.file, in: folder(record)).map {
        NaturalPicture(picture: $0, source: patch.source, score: patch.score)
      }
    }
  }

  /// All pictures of a target in a model: methods in the exhibition's order, then seeds. Exhibits may leave seeds out: those
  /// of which no picture is planned are no gaps.
  func works(
    _ subject: Job.Subject, model: String, methods: [String], target: () -> Record.Target
  ) -> [Work] {
    methods.flatMap { method in
      let all = exhibition.method(named: method).map { exhibition.seeds(of: $0) } ?? []
      let key = { (seed: UInt64) in
        Job.Key(kind: .visualization, model: model, subject: subject, method: method, seed: seed)
      }
      let planned = all.filter { catalogue.plan[key($0)] != nil }
      // Without any, one gap says why.
      return (planned.isEmpty ? Array(all.prefix(1)) : planned).map { seed in
        work(key(seed), by: method, seed: seed, target: target)
      }
    }
  }

  /// The picture that an exhibit calls by a key.
  func work(_ key: Job.Key, by method: String, seed: UInt64, target: () -> Record.Target) -> Work {
    let target = catalogue.plan[key]?.recipe.target ?? target()
    let refusal = catalogue.plan.refusal(of: method, for: key.model)
    var work = Work(
      model: key.model, method: method, seed: seed, target: target,
      result: .missing(reason: "The record holds no picture."))
    work.isPossible = refusal == nil
    switch refusal.map({ .missing(reason: "The method can't be used here: \($0.reason).") })
      ?? found(catalogue.state(key))
    {
    case .missing(let reason): work.result = .missing(reason: reason)
    case .here(let record):
      guard let visualization = record.visualization else { return work }
      work.result = .here(
        Work.Made(record: record, visualization: visualization, folder: folder(record)))
      work.judgements = judgements(of: record.identity, file: visualization.picture, first: key.model)
    }
    return work
  }

  /// What all models say of a picture, the own model first.
  func judgements(of identity: String, file: String, first: String) -> [Work.Judged] {
    let all = catalogue.judgements(of: identity, file: file)
    let names = [first] + exhibition.models.map(\.name).filter { $0 != first }
    return names.compactMap { name in all[name].map { Work.Judged(model: name, judgement: $0) } }
  }
}
