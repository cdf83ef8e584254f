import Foundation
import Models
import Support
import Visualization

extension ExhibitionReader {
  /// `models`: a name, or name and path. Without a path it is `models/NAME` or a checkpoint `models/NAME.safetensors`,
  /// `.pth` and so on.
  func model(_ entry: Entry, seeds: [UInt64]) -> Exhibition.ModelEntry? {
    if !entry.isMapping {
      guard let text = entry.text() else { return nil }
      // A path written where a name may stand names the model by its file.
      if text.contains("/") || Model.fileExtensions.contains((text as NSString).pathExtension) {
        guard let path = path(entry, text) else { return nil }
        let file = (text as NSString).lastPathComponent
        return model(named: (file as NSString).deletingPathExtension, title: nil, at: path, entry)
      }
      return model(named: text, title: nil, at: nil, entry)
    }
    guard let fields = entry.fields(["name", "path", "title", "role", "seeds"]) else { return nil }
    let written = fields["path"].flatMap { field in field.text().flatMap { path(field, $0) } }
    if fields["path"] != nil, written == nil { return nil }
    let fileName = written.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension }
    guard let name = fields["name"].flatMap({ $0.text() }) ?? fileName else {
      if fields["name"] == nil { entry.report("a model needs \"name\" or \"path\"") }
      return nil
    }
    var model = model(named: name, title: fields["title"]?.text(), at: written, fields["path"] ?? entry)
    if let role = fields["role"].flatMap(self.role) { model?.role = role }
    model?.seeds = fields["seeds"].map { self.seeds($0, among: seeds) }
    return model
  }

  private func role(_ entry: Entry) -> Exhibition.Role? {
    guard let word = entry.text() else { return nil }
    if let role = Exhibition.Role(rawValue: word) { return role }
    let known = Exhibition.Role.allCases.map(\.rawValue)
    entry.report(
      "\"\(word)\" is no role (\(known.joined(separator: ", ")))" + Suggestion.clause(for: word, among: known)
    )
    return nil
  }

  private func model(named name: String, title: String?, at path: String?, _ entry: Entry)
    -> Exhibition.ModelEntry?
  {
    func entryModel(_ path: String) -> Exhibition.ModelEntry {
      Exhibition.ModelEntry(name: name, slug: Slug.make(name), title: title, path: path, place: entry.place)
    }
    if let path {
      guard kind(of: path) != .missing else {
        entry.report("there is no model at \(path)")
        return nil
      }
      return entryModel(path)
    }
    let base = folder == "." ? "models" : folder + "/models"
    let candidates = [""] + Model.fileExtensions.map { "." + $0 }
    for candidate in candidates.map({ "\(base)/\(name)\($0)" }) where kind(of: candidate) != .missing {
      return entryModel(candidate)
    }
    let there = (try? FileManager.default.contentsOfDirectory(atPath: base))?.sorted() ?? []
    let names = there.filter { !$0.hasPrefix(".") }.map { ($0 as NSString).deletingPathExtension }
    let clause = Suggestion.clause(for: name, among: names)
    entry.report("there is no model \(base)/\(name)" + (clause.isEmpty ? "; give its \"path\"" : clause))
    return nil
  }

  /// `references`: a folder, or folder, count, and how much of them may be shown.
  func references(_ entry: Entry) -> Exhibition.References? {
    guard entry.isMapping else {
      guard let text = entry.text(), let path = path(entry, text),
        let folder = existing(path, entry, isFolder: true)
      else { return nil }
      return Exhibition.References(folder: folder, count: 50, place: entry.place)
    }
    guard let fields = entry.fields(["folder", "count", "publish", "licence"]),
      let field = fields.required("folder"),
      let text = field.text(), let path = path(field, text),
      let folder = existing(path, field, isFolder: true)
    else { return nil }
    let count = fields["count"]?.integer(1...100_000) ?? 50
    return Exhibition.References(
      folder: folder, count: count, publication: fields["publish"].flatMap(publication) ?? .full,
      licence: fields["licence"]?.text(), place: field.place)
  }

  /// `publish`: how much of natural pictures a site shows.
  private func publication(_ entry: Entry) -> Exhibition.Publication? {
    guard let word = entry.text() else { return nil }
    if let publication = Exhibition.Publication(rawValue: word) { return publication }
    let known = Exhibition.Publication.allCases.map(\.rawValue)
    entry.report(
      "pictures can't be published \"\(word)\" (\(known.joined(separator: ", ")))"
        + Suggestion.clause(for: word, among: known))
    return nil
  }

  /// `classes`: a name, or name and the folder of its references.
  func classEntry(_ entry: Entry, references: Exhibition.References?) -> Exhibition.ClassEntry? {
    var written: Entry?
    let name: String
    if entry.isMapping {
      guard let fields = entry.fields(["name", "references"]), let text = fields.required("name")?.text()
      else {
        return nil
      }
      (name, written) = (text, fields["references"])
    } else {
      guard let text = entry.text() else { return nil }
      name = text
    }
    let slug = Slug.make(name)
    func result(_ folder: String?) -> Exhibition.ClassEntry {
      Exhibition.ClassEntry(name: name, slug: slug, references: folder, place: entry.place)
    }
    if let written {
      guard let references else {
        written.report(
          "there are no references to take \"\(name)\" from; add \"references\" with their folder")
        return nil
      }
      guard let part = written.text() else { return nil }
      guard !part.contains("/"), part != ".." else {
        written.report("\"\(part)\" must be the name of a folder in \(references.folder)")
        return nil
      }
      guard let folder = existing(references.folder + "/" + part, written, isFolder: true) else { return nil }
      return result(folder)
    }
    guard let references else { return result(nil) }
    for candidate in [name, slug, slug.replacingOccurrences(of: "-", with: "_")]
    where !candidate.contains("/") {
      let path = references.folder + "/" + candidate
      if candidate != "..", candidate != ".", kind(of: path) == .folder { return result(path) }
    }
    let there = (try? FileManager.default.contentsOfDirectory(atPath: references.folder)) ?? []
    let clause = Suggestion.clause(for: slug, among: there)
    entry.report(
      "there are no references of \"\(name)\": no folder \(references.folder)/\(slug)"
        + (clause.isEmpty ? "; name the folder by {name: \(name), references: FOLDER}" : clause))
    return nil
  }

  /// `methods`: a name, or name, the method used, title and settings. All methods if it is left out.
  func methodEntries(
    _ entry: Entry?, models: [Exhibition.ModelEntry], references: Exhibition.References?, seeds: [UInt64]
  ) -> [Exhibition.MethodEntry] {
    guard let entry else {
      return methods.filter { references != nil || !$0.needsReferences }.map {
        Exhibition.MethodEntry(
          name: $0.name, slug: Slug.make($0.name), use: $0.name, title: $0.title, settings: [:],
          modelSettings: [:], isAssumed: true, place: Place(file: path, line: 1, column: 1),
          settingPlaces: [:])
      }
    }
    let entries = entry.list()
    if entries.isEmpty { entry.report("\"methods\" is empty; leave it out for all methods") }
    return entries.compactMap { method($0, models: models, references: references, seeds: seeds) }
  }

  private func method(
    _ entry: Entry, models: [Exhibition.ModelEntry], references: Exhibition.References?, seeds: [UInt64]
  ) -> Exhibition.MethodEntry? {
    guard entry.isMapping else {
      guard let name = entry.text(), let description = description(name, entry) else { return nil }
      check(name, description, [:], references, entry)
      return Exhibition.MethodEntry(
        name: name, slug: Slug.make(name), use: name, title: description.title, settings: [:],
        modelSettings: [:], place: entry.place, settingPlaces: [:])
    }
    guard let fields = entry.fields(["name", "use", "label", "settings", "models", "inner", "for", "seeds"])
    else { return nil }
    guard let nameField = fields["name"] ?? fields["use"] else {
      entry.report("a method needs \"name\" or \"use\"")
      return nil
    }
    let useField = fields["use"] ?? nameField
    guard let name = nameField.text(), let use = useField.text(),
      let description = description(use, useField)
    else { return nil }
    var places: [String: Place] = [:]
    let settings = settings(fields["settings"], prefix: "", places: &places)
    check(use, description, settings, references, useField)
    let modelSettings = self.modelSettings(fields["models"], models, prefix: "", places: &places)
    let innerPairs = fields["inner"]?.pairs() ?? []
    let innerModels = innerPairs.first { $0.key.text() == "models" }?.value
    let innerModelSettings = self.modelSettings(innerModels, models, prefix: "inner/", places: &places)
    return Exhibition.MethodEntry(
      name: name, slug: Slug.make(name), use: use,
      title: fields["label"]?.text() ?? (name == use ? description.title : name), settings: settings,
      modelSettings: modelSettings,
      innerSettings: self.settings(
        innerPairs.filter { $0.key.text() != "models" }, prefix: "inner/", places: &places),
      innerModelSettings: innerModelSettings,
      isInnerOnly: fields["for"].map(isInnerOnly) ?? false,
      seeds: fields["seeds"].map { ownSeeds($0, among: seeds) },
      place: nameField.place, settingPlaces: places)
  }

  /// Settings for single models, below `models`.
  private func modelSettings(
    _ entry: Entry?, _ models: [Exhibition.ModelEntry], prefix: String, places: inout [String: Place]
  ) -> [String: [String: SettingValue]] {
    var result: [String: [String: SettingValue]] = [:]
    for (key, value) in entry?.pairs() ?? [] {
      guard let model = key.text() else { continue }
      guard models.contains(where: { $0.name == model }) else {
        key.report("unknown model \"\(model)\"" + Suggestion.clause(for: model, among: models.map(\.name)))
        continue
      }
      result[model] = settings(value, prefix: prefix + model + "/", places: &places)
    }
    return result
  }

  /// A method's `for`: `inner` for neurons and other targets within a network alone, `all` as if it were left out.
  private func isInnerOnly(_ entry: Entry) -> Bool {
    let known = ["all", "inner"]
    guard let word = entry.text(), word != "all" else { return false }
    if word != "inner" {
      entry.report(
        "\"\(word)\" is nothing that a method is for (\(known.joined(separator: ", ")))"
          + Suggestion.clause(for: word, among: known))
    }
    return true
  }

  /// The `seeds` of a method or an exhibit: some of the exhibition's, in its order. The first is what studies and ablations show.
  func ownSeeds(_ entry: Entry, among all: [UInt64]) -> [UInt64] {
    let own = self.seeds(entry, among: all)
    if let first = all.first, !own.isEmpty, !own.contains(first) {
      entry.report(
        "\"seeds\" lacks the exhibition's first seed, \(first), which studies and ablations show; add it")
    }
    return all.filter(own.contains)
  }

  private func description(_ name: String, _ entry: Entry) -> MethodFacts? {
    guard let description = methods.first(where: { $0.name == name }) else {
      let clause = Suggestion.clause(for: name, among: methods.map(\.name))
      let known = "; known: " + methods.map(\.name).joined(separator: ", ")
      entry.report("unknown method \"\(name)\"" + (clause.isEmpty ? known : clause))
      return nil
    }
    return description
  }

  /// A method may need natural pictures; one that only measures magnitudes on them can be given those.
  private func check(
    _ name: String, _ description: MethodFacts, _ settings: [String: SettingValue],
    _ references: Exhibition.References?, _ entry: Entry
  ) {
    guard description.needsReferences, references == nil else { return }
    if let spectrum = settings["spectrum"], spectrum != .text("references") { return }
    entry.report("method \"\(name)\" needs reference pictures; add \"references\" with their folder")
  }

  /// A method's settings; whether the method knows them is checked when the plan is made.
  func settings(_ entry: Entry?, prefix: String, places: inout [String: Place]) -> [String: SettingValue] {
    settings(entry?.pairs() ?? [], prefix: prefix, places: &places)
  }

  private func settings(
    _ pairs: [(key: Entry, value: Entry)], prefix: String, places: inout [String: Place]
  ) -> [String: SettingValue] {
    var settings: [String: SettingValue] = [:]
    for (key, value) in pairs {
      guard let name = key.text(), let setting = value.setting() else { continue }
      settings[name] = setting
      places[prefix + name] = key.place
    }
    return settings
  }
}
