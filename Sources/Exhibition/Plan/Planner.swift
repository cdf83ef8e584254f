import Foundation
import Models
import Support
import Visualization

/// Turns an exhibition into a plan. Asked again when a job is done that opens others, it adds those.
public struct Planner: Sendable {
  let exhibition: Exhibition
  let store: Store
  let library: ModelLibrary
  let shelf: ReferenceShelf
  let cache: FactsCache

  /// A planner; what it learns of files is kept in the store's folder.
  public init(exhibition: Exhibition, store: Store) {
    self.exhibition = exhibition
    self.store = store
    cache = FactsCache(store: store)
    library = ModelLibrary(exhibition.models, cache: cache)
    shelf = ReferenceShelf(cache: cache)
  }

  /// The plan as far as it is known. Throws ``ConfigurationError`` with everything that the models don't know
  /// (classes, units, settings), errors of model files, and `FileError`.
  public func plan() throws -> Plan {
    let draft = PlanDraft(self)
    draft.settleClasses()
    for model in exhibition.models { draft.addAccuracy(model) }
    draft.addOnAllCores(exhibition.classes) { draft, entry in
      draft.addReferences(entry)
      for model in exhibition.models where model.role == .shown { draft.addAttributions(entry, model) }
    }
    for entry in exhibition.circuits { draft.addCircuit(entry) }
    for entry in exhibition.concepts { draft.addConcept(entry) }
    for entry in exhibition.facets { draft.addFacets(entry) }
    for entry in exhibition.adversarials { draft.addAdversarial(entry) }
    for entry in exhibition.attackTables { draft.addAttackTable(entry) }
    for seed in exhibition.seeds {
      draft.addOnAllCores(exhibition.classes) { draft, entry in
        for model in exhibition.models where model.role == .shown {
          for method in exhibition.methods
          where !method.isInnerOnly && exhibition.seeds(of: method, in: model.seeds).contains(seed) {
            draft.addVisualization(of: entry, model, method, seed)
          }
        }
      }
    }
    for entry in exhibition.units { draft.addUnit(entry) }
    for entry in exhibition.labels { draft.addLabel(entry) }
    for entry in exhibition.interpolations { draft.addInterpolation(entry) }
    for entry in exhibition.studies { draft.addStudy(entry) }
    // After the classes, whose pictures keep their titles where a variant is the same.
    for entry in exhibition.ablations { draft.addAblation(entry) }
    draft.checkRefusals()
    cache.save()
    if let error = draft.failure { throw error }
    guard draft.problems.isEmpty else { throw ConfigurationError(draft.problems) }
    return draft.plan
  }

  /// What is known of each model, by its name in the exhibition.
  public func modelFacts() throws -> [String: ModelFacts] {
    defer { cache.save() }
    return Dictionary(
      try exhibition.models.map { ($0.name, try library.facts($0.name)) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// A plan in the making, with the problems met.
final class PlanDraft {
  let planner: Planner
  var plan = Plan()
  private(set) var problems: [Problem] = []
  /// A fault that is no problem of the configuration: a model or a picture that can't be read.
  private(set) var failure: (any Error)?

  init(_ planner: Planner) { self.planner = planner }

  /// Adds what belongs to each of many things. Each core adds to a draft of its own, which knows what was left out so far;
  /// then these are joined in the order of the things.
  func addOnAllCores<Thing>(_ things: [Thing], _ add: (PlanDraft, Thing) -> Void) {
    let runs = Parallel.runs(of: things.count)
    let parts = Parallel.map(runs.count) { run in
      let part = PlanDraft(planner)
      part.plan = plan.withoutJobs
      for thing in things[runs[run]] { add(part, thing) }
      return part
    }
    for part in parts {
      plan.add(part.plan)
      problems += part.problems
      failure = failure ?? part.failure
    }
  }

  var exhibition: Exhibition { planner.exhibition }
  var library: ModelLibrary { planner.library }

  /// Does what may fail; what a model doesn't know is a problem at the place where it was written.
  func attempt<Value>(at place: Place, _ work: () throws -> Value) -> Value? {
    do { return try work() } catch let error as ModelError {
      if case .unknown(_, let reason) = error {
        problems.append(Problem(at: place, reason))
      } else if failure == nil {
        failure = error
      }
    } catch let error as VisualizationError {
      problems.append(Problem(at: place, error.description))
    } catch {
      if failure == nil { failure = error }
    }
    return nil
  }

  func report(_ place: Place, _ message: String) { problems.append(Problem(at: place, message)) }

  /// The recipe's part that all jobs on a model share.
  func recipe(_ model: String, _ target: Record.Target) -> Record.Recipe? {
    attempt(at: exhibition.model(named: model)?.place ?? Place(file: exhibition.path, line: 1, column: 1)) {
      let facts = try library.facts(model)
      return Record.Recipe(
        model: model, weightsHash: facts.weightsHash, networkHash: facts.networkHash, target: target,
        size: facts.inputSize,
        precision: exhibition.precision.rawValue, numerics: Version.numerics)
    }
  }

  /// A class as a model knows it.
  func classTarget(_ name: String, in model: String, place: Place) -> Record.Target? {
    attempt(at: place) {
      let index = try library.classIndex(name, in: model)
      let label = try library.facts(model).labels[index]
      return Record.Target(kind: .classLogit, classIndex: index, label: label, address: "class:\(label)")
    }
  }

  /// The natural pictures of a class; `nil` if the exhibition has none.
  func references(_ entry: Exhibition.ClassEntry) -> ReferenceShelf.Pictures? {
    guard let folder = entry.references, let references = exhibition.references else { return nil }
    return attempt(at: entry.place) { try planner.shelf.pictures(in: folder, count: references.count) }
  }

  func sources(
    _ pictures: ReferenceShelf.Pictures, classIndex: Int, className: String = "",
    role: Job.Source.Role = .reference
  ) -> [Job.Source] {
    let root = exhibition.references?.folder ?? ""
    return pictures.paths.map { path in
      let name = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
      return Job.Source(path: path, name: name, classIndex: classIndex, className: className, role: role)
    }
  }

  /// All settings of a method for a model's classes, or for targets within a layer; a setting that is wrong is reported
  /// where it was written.
  func settings(
    _ method: Exhibition.MethodEntry, _ model: String, layer: String? = nil
  ) -> [String: SettingValue]? {
    let written = method.written(for: model, isInner: layer != nil)
    do {
      return try library.settings(
        of: method.use, shared: Settings(written.shared), own: Settings(written.own), in: model, layer: layer
      ).values
    } catch VisualizationError.unsupported(_, let reason) {
      plan.refuse(Plan.Refusal(model: model, method: method.name, reason: reason))
    } catch let error as VisualizationError {
      report(
        method.place(of: error.settingName, in: model, isInner: layer != nil), error.description)
    } catch {
      _ = attempt(at: method.place) { throw error }
    }
    return nil
  }

  /// A method that can't work with some models is left out for those; one that no model can serve is a mistake if it was
  /// asked for.
  func checkRefusals() {
    let shown = exhibition.models.filter { $0.role == .shown }
    for method in exhibition.methods where !method.isAssumed {
      let refusals = shown.compactMap { plan.refusal(of: method.name, for: $0.name) }
      if let first = refusals.first, refusals.count == shown.count {
        report(method.place, "method \"\(method.name)\" can't work with any of the models: \(first.reason)")
      }
    }
  }

  /// The command for jobs that only a run can remake.
  func runCommand(_ identity: String) -> String {
    "vitrine run \(Shell.quote(exhibition.path)) --only \(identity)"
  }
}

extension VisualizationError {
  /// The setting that an error is about.
  var settingName: String? {
    switch self {
    case .unknownSetting(_, let name, _), .invalidSetting(_, let name, _, _): name
    default: nil
    }
  }
}

extension Exhibition.MethodEntry {
  /// The settings written for a model: those that its classes and targets within it share, and those for this kind of
  /// target alone.
  func written(
    for model: String, isInner: Bool
  ) -> (shared: [String: SettingValue], own: [String: SettingValue]) {
    let common = settings.merging(modelSettings[model] ?? [:]) { $1 }
    guard isInner else { return (common, [:]) }
    let inner = innerSettings.merging(innerModelSettings[model] ?? [:]) { $1 }
    return isInnerOnly ? ([:], common.merging(inner) { $1 }) : (common, inner)
  }

  /// Where a setting for a model was written, or else the method.
  func place(of setting: String?, in model: String, isInner: Bool) -> Place {
    guard let setting else { return place }
    let inner =
      isInner ? settingPlaces["inner/\(model)/\(setting)"] ?? settingPlaces["inner/\(setting)"] : nil
    return inner ?? settingPlaces["\(model)/\(setting)"] ?? settingPlaces[setting] ?? place
  }
}
