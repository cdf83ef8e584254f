import Foundation
import Study
import Support

extension ExhibitionReader {
  private static let studyKeys = [
    "name", "title", "folder", "language", "seed", "participants", "simulated", "resume", "collect",
    "post_to",
    "texts", "interface", "comprehension", "demographics", "exclusions", "completion", "design", "parts",
  ]

  /// `study`: what people judge, and what they read.
  func study(_ entry: Entry, _ names: Names, _ exhibition: Exhibition) -> Exhibition.StudyEntry? {
    guard let fields = entry.fields(Self.studyKeys) else { return nil }
    let name = fields["name"].flatMap(slug) ?? "study"
    let folder = fields["folder"].flatMap { field in field.text().flatMap { path(field, $0) } }
    let parts = studyParts(fields, entry, names, exhibition)
    let language = fields["language"]?.text() ?? exhibition.site.language
    var texts = studyTexts(fields["texts"])
    texts.interface = interface(fields["interface"], language: language)
    let study = Exhibition.StudyEntry(
      name: name, title: fields["title"]?.text() ?? "What do these pictures show?",
      folder: folder ?? (self.folder == "." ? "studies/" : self.folder + "/studies/") + name,
      language: language, seed: fields["seed"]?.seed() ?? 0,
      participants: fields["participants"]?.integer(StudyPlan.participants) ?? 60,
      isSimulated: fields["simulated"]?.flag() ?? false,
      resume: fields["resume"].flatMap(choice) ?? .resume, collection: collection(fields["collect"]),
      postAddress: fields["post_to"].flatMap(webAddress), texts: texts,
      comprehension: fields["comprehension"].map { questions($0, haveRight: true) },
      demographics: fields["demographics"].map { questions($0, haveRight: false) },
      exclusions: exclusions(fields["exclusions"]), completion: completion(fields["completion"]),
      parts: parts,
      place: entry.place)
    checkLanguage(study)
    return study
  }

  /// The usual texts are English ones; a study in another language brings its own.
  private func checkLanguage(_ study: Exhibition.StudyEntry) {
    guard !study.isEnglish else { return }
    let texts = [
      ("welcome", study.texts.welcome), ("consent", study.texts.consent),
      ("instructions", study.texts.instructions), ("debrief", study.texts.debrief),
    ]
    let missing = texts.filter { $0.1 == nil }.map(\.0)
    if !missing.isEmpty {
      problems.add(
        study.place,
        "the usual texts are English, and this study is in \"\(study.language)\": write \"texts\" with "
          + missing.joined(separator: ", "))
    }
    if study.comprehension == nil || study.demographics == nil {
      problems.add(
        study.place,
        "the usual questions are English, and this study is in \"\(study.language)\": write \"comprehension\" and "
          + "\"demographics\" (an empty list for none)")
    }
    let words = StudyWords.english.keys.filter { study.texts.interface[$0] == nil }.sorted()
    if !words.isEmpty {
      let shown = words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", …" : "")
      problems.add(
        study.place,
        "the usual words of buttons and messages are English, and this study is in \"\(study.language)\": \"interface\" lacks "
          + "\(words.count) (\(shown)); `vitrine study words` prints all to be translated")
    }
    for part in study.parts {
      let texts = [
        ("title", part.title), ("question", part.question), ("low", part.low), ("high", part.high),
      ]
      // Nothing is scored where words are written.
      let missing = texts.filter { $0.1 == nil && !(part.task == .word && ["low", "high"].contains($0.0)) }
      if !missing.isEmpty {
        problems.add(
          part.place,
          "the usual wording is English, and this study is in \"\(study.language)\": write "
            + missing.map { "\"\($0.0)\"" }.joined(separator: ", "))
      }
    }
  }

  /// A name as it stands in addresses and rows.
  func slug(_ entry: Entry) -> String? {
    guard let text = entry.text() else { return nil }
    if EventForm.isSlug(text) { return text }
    entry.report(
      "\"\(text)\" can't stand in addresses; write lower-case letters, digits and single hyphens, such as "
        + "\"\(Slug.make(text))\"")
    return nil
  }

  /// One of an enumeration's words.
  func choice<Value: RawRepresentable<String> & CaseIterable>(_ entry: Entry) -> Value? {
    guard let word = entry.text() else { return nil }
    if let value = Value(rawValue: word) { return value }
    entry.report(
      "unknown \"\(word)\"; it is one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    return nil
  }

  private func collection(_ entry: Entry?) -> Exhibition.StudyEntry.Collection {
    guard let entry, let word = entry.text() else { return .file }
    switch word {
    case "file": return .file
    case "here": return .here
    default:
      let isAddress = ["https://", "http://"].contains { word.hasPrefix($0) }
      guard isAddress, let address = webAddress(entry) else {
        if !isAddress {
          entry.report(
            "\"collect\" is file, here, or the address of a collector; \"\(word)\" is none of them")
        }
        return .file
      }
      return .at(address.hasSuffix("/") ? String(address.dropLast()) : address)
    }
  }

  private func webAddress(_ entry: Entry) -> String? {
    guard let text = entry.text() else { return nil }
    let scheme = URL(string: text)?.scheme
    guard scheme == "https" || scheme == "http", URL(string: text)?.host()?.isEmpty == false else {
      entry.report("\"\(text)\" is no web address; write one that starts with https://")
      return nil
    }
    return text
  }

  /// `texts`: Markdown, or the name of a file with it in the exhibition's folder.
  private func studyTexts(_ entry: Entry?) -> Exhibition.StudyEntry.Texts {
    var texts = Exhibition.StudyEntry.Texts()
    guard let fields = entry?.fields(["welcome", "consent", "instructions", "debrief"]) else { return texts }
    texts.welcome = fields["welcome"].flatMap(markdown)
    texts.consent = fields["consent"].flatMap(markdown)
    texts.instructions = fields["instructions"].flatMap(markdown)
    texts.debrief = fields["debrief"].flatMap(markdown)
    return texts
  }

  private func markdown(_ entry: Entry) -> String? {
    guard let text = entry.text() else { return nil }
    guard text.hasSuffix(".md"), !text.contains(where: \.isWhitespace) else { return text }
    guard let file = ownPath(entry, isFolder: false) else { return nil }
    do {
      let mapped = try MappedFile(path: file)
      let bytes = withExtendedLifetime(mapped) { Data(mapped.bytes) }
      if let contents = String(data: bytes, encoding: .utf8),
        !contents.allSatisfy(\.isWhitespace)
      {
        return contents
      }
      entry.report("\(file) is empty, or not text in UTF-8")
    } catch {
      entry.report("\(error)")
    }
    return nil
  }

  /// `interface`: words of the pages in another language.
  private func interface(_ entry: Entry?, language: String) -> [String: String] {
    var words: [String: String] = [:]
    for (key, value) in entry?.pairs() ?? [] {
      guard let name = key.text(), let text = value.text() else { continue }
      guard StudyWords.english[name] != nil else {
        key.report(
          "unknown word \"\(name)\"" + Suggestion.clause(for: name, among: StudyWords.english.keys.sorted())
            + "; `vitrine study words` lists all")
        continue
      }
      let lost = StudyWords.places(in: name).subtracting(StudyWords.places(of: text)).sorted()
      guard lost.isEmpty else {
        value.report(
          "\"\(name)\" lacks \(lost.map { "{\($0)}" }.joined(separator: ", ")), where a value is put in")
        continue
      }
      words[name] = text
    }
    return words
  }

  private func exclusions(_ entry: Entry?) -> ExclusionRules {
    guard
      let fields = entry?.fields(["catches", "shortest", "longest", "same_value", "incomplete"])
    else { return ExclusionRules() }
    return ExclusionRules(
      catchShare: fields["catches"]?.share(), shortestSeconds: fields["shortest"]?.integer(0...1_000_000),
      longestSeconds: fields["longest"]?.integer(0...1_000_000),
      sameValueShare: fields["same_value"]?.share(),
      leavesOutIncomplete: fields["incomplete"]?.flag() ?? false)
  }

  private func completion(_ entry: Entry?) -> StudyDefinition.Completion {
    guard let fields = entry?.fields(["code", "address", "passed"]) else { return .init() }
    return .init(
      code: fields["code"]?.text(), address: fields["address"].flatMap(webAddress),
      passed: fields["passed"]?.list().compactMap { $0.text() } ?? [])
  }

  /// `demographics` and `comprehension`: questions with their answers.
  private func questions(_ entry: Entry, haveRight: Bool) -> [FormQuestion] {
    entry.list().compactMap { member in
      guard let fields = member.fields(["name", "question", "answers"] + (haveRight ? ["right"] : [])),
        let name = fields.required("name").flatMap(slug), let text = fields.required("question")?.text(),
        let answers = fields.required("answers")
      else { return nil }
      // Either texts, or pairs of what stands in rows and what is read.
      let choices: [FormQuestion.Choice] =
        answers.isMapping
        ? answers.pairs().compactMap { key, value in
          guard let key = key.text(), let label = value.text() else { return nil }
          return .init(value: key, label: label)
        } : answers.list().compactMap { $0.text().map { .init(value: $0, label: $0) } }
      let right = haveRight ? fields.required("right")?.list().compactMap { $0.text() } ?? [] : []
      return FormQuestion(name: name, text: text, choices: choices, right: right)
    }
  }
}

extension Entry {
  /// A number from 0 to 1.
  fileprivate func share() -> Double? {
    guard let text = text(), let value = Double(text), (0...1).contains(value) else {
      report("\(name) must be a number from 0 to 1")
      return nil
    }
    return value
  }
}

extension Exhibition.StudyEntry {
  /// Whether its texts are English ones.
  var isEnglish: Bool { language.lowercased().split(separator: "-").first == "en" }
}
