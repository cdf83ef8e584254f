import Exhibition
import Study

/// Where a study is put together: it finds pictures in the store, and notes what isn't there.
final class StudyDraftDesk {
  let entry: Exhibition.StudyEntry
  let catalogue: Catalogue
  /// The pictures used so far: files by SHA-256.
  private(set) var pictures: [String: String] = [:]
  private var faults: [String] = []

  init(_ entry: Exhibition.StudyEntry, _ catalogue: Catalogue) {
    self.entry = entry
    self.catalogue = catalogue
  }

  func part(_ part: Exhibition.StudyEntry.Part, _ wording: StudyWording) -> StudyPart {
    let items: (main: [StudyItem], catches: [StudyItem], practice: [StudyItem]) =
      switch (part.task, part.subjects) {
      case (.rating, .classes(let names)): rating(names, part)
      case (.rating, .units(let addresses)): rating(units: addresses, part)
      case (.word, .classes(let names)): naming(names, part)
      case (.choice, .units(let addresses)): choosing(addresses, part)
      case (.word, .units), (.choice, .classes): ([], [], [])
      }
    for item in items.main { checkSizes(of: item, part) }
    return StudyPart(
      name: part.name, title: wording.title(of: part), question: wording.question(of: part), task: part.task,
      arrangement: part.arrangement, methods: part.methods, scale: wording.scale(of: part), items: items.main,
      catches: items.catches, practice: items.practice, practiceMustBeRight: part.task == .choice,
      repeats: part.repeats)
  }

  // MARK: Faults

  func miss(_ what: String) { if !faults.contains(what) { faults.append(what) } }

  func checkFaults() throws {
    guard !faults.isEmpty else { return }
    let shown = faults.prefix(10).map { "\n  \($0)" }.joined()
    let more = faults.count > 10 ? "\n  and \(faults.count - 10) more" : ""
    throw GalleryError(
      file: entry.place.file, line: entry.place.line,
      message: "the study \"\(entry.name)\" can't be made yet:\(shown)\(more)")
  }

  /// Pictures of several sizes on one screen would tell the methods apart. Natural ones are told by what they show anyway.
  private func checkSizes(of item: StudyItem, _ part: Exhibition.StudyEntry.Part) {
    let shown = item.stimuli.filter { $0.method != Exhibition.StudyEntry.Part.natural }
      .flatMap { stimulus in
        (stimulus.pictures + stimulus.opposites).compactMap { digest in
          sizes[digest].map { (stimulus.method, $0) }
        }
      }
    guard let first = shown.first, let other = shown.first(where: { $0.1 != first.1 }) else { return }
    miss(
      "\(item.name): pictures by \(first.0) have \(first.1) pixels and those by \(other.0) \(other.1), which would tell them "
        + "apart; give the methods one size")
  }

  private var sizes: [String: String] = [:]

  // MARK: Pictures

  /// A picture's SHA-256; notes that it is used.
  private func use(_ stored: StoredPicture) -> String {
    pictures[stored.sha256] = stored.path
    sizes[stored.sha256] = "\(stored.width) × \(stored.height)"
    return stored.sha256
  }

  /// What a method made of a subject.
  func picture(
    _ subject: Job.Subject, of name: String, _ part: Exhibition.StudyEntry.Part, method: String,
    seed: UInt64? = nil
  ) -> [String] {
    let seed = seed ?? part.seed
    let key = Job.Key(
      kind: .visualization, model: part.model, subject: subject, method: method, seed: seed)
    guard let record = catalogue.record(key), let file = record.visualization?.picture,
      let stored = record.picture(file, in: catalogue.store.path(of: record.identity))
    else {
      let refusal = catalogue.plan.refusal(of: method, for: part.model)
      let reason =
        refusal.map { "which can't be used there: \($0.reason)" }
        ?? (catalogue.plan[key] == nil
          ? "which isn't planned" : "which isn't computed yet; `vitrine run` does so")
      miss("\(name) by \(method) in \(part.model), seed \(seed), \(reason)")
      return []
    }
    return [use(stored)]
  }

  /// Natural pictures of a class.
  func naturals(_ className: String) -> [String] {
    let models = catalogue.exhibition.models.filter { !catalogue.plan.isLeftOut(className, in: $0.name) }
    let record = models.first.flatMap { catalogue.references(.classNamed(className), model: $0.name) }
    return naturals(record, \.pictures, of: className)
  }

  /// Natural pictures of a record.
  func naturals(
    _ record: Record?, _ list: (Record.References) -> [Record.Patch], of name: String
  ) -> [String] {
    guard let record, let references = record.references else {
      miss("the natural pictures of \(name), which aren't there yet; `vitrine run` finds them")
      return []
    }
    let folder = catalogue.store.path(of: record.identity)
    return list(references).compactMap { record.picture($0.file, in: folder) }.map(use)
  }
}
