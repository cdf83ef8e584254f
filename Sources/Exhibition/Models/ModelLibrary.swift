import Foundation
import Models
import Support
import Synchronization
import Visualization

/// The exhibition's models: their facts without loading them where those are known, and themselves where needed.
final class ModelLibrary: Sendable {
  private let entries: [String: Exhibition.ModelEntry]
  private let cache: FactsCache
  private let loaded = Mutex<[String: Model]>([:])
  /// What was asked already: a plan asks the same for each of its jobs.
  private let asked = Mutex(Asked())

  private struct Asked {
    var fingerprints: [String: String] = [:]
    var facts: [String: ModelFacts] = [:]
    var settings: [String: Settings] = [:]
  }

  init(_ entries: [Exhibition.ModelEntry], cache: FactsCache) {
    self.entries = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.cache = cache
  }

  /// The model itself; loaded once and shared.
  func model(_ name: String) throws -> Model {
    try loaded.withLock { models in
      if let model = models[name] { return model }
      let model = try Model.load(path(name))
      models[name] = model
      return model
    }
  }

  /// What is known of a model.
  func facts(_ name: String) throws -> ModelFacts {
    if let facts = asked.withLock({ $0.facts[name] }) { return facts }
    let facts = try ask(name, "facts") { ModelFacts($0) }
    asked.withLock { $0.facts[name] = facts }
    return facts
  }

  /// The class that a text means.
  func classIndex(_ text: String, in name: String) throws -> Int {
    try ask(name, "class \(text)") { try $0.classIndex(text) }
  }

  /// What an address names.
  func target(_ address: String, in name: String) throws -> TargetFacts {
    try ask(name, "target \(address)") { TargetFacts(try $0.target(address), in: $0) }
  }

  /// What is known of a layer. Throws ``ModelError`` if there is none of the name.
  func layer(_ layer: String, in name: String) throws -> LayerFacts {
    try ask(name, "layer \(layer)") { try LayerFacts(layer, in: $0) }
  }

  /// All settings of a method with a user's in place, for targets within a layer or, without one, for others. `own` are
  /// written for this kind of target, `shared` for classes too.
  func settings(
    of method: String, shared: Settings, own: Settings = Settings(), in name: String, layer: String?
  ) throws -> Settings {
    let written = [shared, own].map { String(decoding: $0.canonicalJSON, as: UTF8.self) }
    let question = "settings \(method) \(layer ?? "") \(written.joined(separator: " "))"
    if let settings = asked.withLock({ $0.settings[name + " " + question] }) { return settings }
    let settings = try ask(name, question) {
      let type = try Methods.named(method)
      let kept = type.shared(shared, model: $0, layer: layer).values.merging(own.values) { $1 }
      return try type.make(model: $0, overrides: Settings(kept), layer: layer).settings
    }
    asked.withLock { $0.settings[name + " " + question] = settings }
    return settings
  }

  /// All settings of an attack with a user's in place.
  func settings(ofAttack attack: String, overrides: Settings, in name: String) throws -> Settings {
    let question = "attack \(attack) \(String(decoding: overrides.canonicalJSON, as: UTF8.self))"
    if let settings = asked.withLock({ $0.settings[name + " " + question] }) { return settings }
    let settings = try ask(name, question) {
      try Attacks.named(attack).init(model: $0, overrides: overrides).settings
    }
    asked.withLock { $0.settings[name + " " + question] = settings }
    return settings
  }

  private func ask<Answer: Codable>(
    _ name: String, _ question: String, _ find: (Model) throws -> Answer
  ) throws -> Answer {
    let path = path(name)
    return try cache.fact("\(path) \(question)", fingerprint: fingerprint(path)) { try find(model(name)) }
  }

  private func path(_ name: String) -> String { entries[name]?.path ?? name }

  /// Changes when the model's files may have changed, or this program: another version may answer differently.
  private func fingerprint(_ path: String) -> String {
    if let known = asked.withLock({ $0.fingerprints[path] }) { return known }
    let fingerprint = Self.fingerprint(ofFiles: path)
    asked.withLock { $0.fingerprints[path] = fingerprint }
    return fingerprint
  }

  private static func fingerprint(ofFiles path: String) -> String {
    let manager = FileManager.default
    let folder =
      FileStatus(path: path)?.isFolder == true ? path : (path as NSString).deletingLastPathComponent
    let stem = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let names = ((try? manager.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? [])
      .filter { folder == path || $0.hasPrefix(stem) || Model.companionFiles.contains($0) }.sorted()
    let parts = names.compactMap { name in
      FileStatus(path: folder.isEmpty ? name : folder + "/" + name).map { "\(name) \($0.fingerprint)" }
    }
    return Digest.sha256(parts.joined(separator: "\n") + program)
  }

  /// Changes when this program does.
  static let program = FileStatus(path: "/proc/self/exe")?.fingerprint ?? Version.vitrine
}
