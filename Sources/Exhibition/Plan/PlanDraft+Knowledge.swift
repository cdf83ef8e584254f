import Models

extension PlanDraft {
  /// Finds out which model knows which of the exhibition's classes. A class that no model knows is a mistake; one that
  /// some don't know is left out for those, as models may have different sets of labels.
  func settleClasses() {
    for entry in exhibition.classes {
      var gaps: [Plan.LeftOut] = []
      for model in exhibition.models {
        if let reason = ignorance(of: entry.name, in: model.name) {
          gaps.append(Plan.LeftOut(model: model.name, className: entry.name, reason: reason))
        }
      }
      if gaps.count == exhibition.models.count, let first = gaps.first {
        let isSame = gaps.allSatisfy { $0.reason == first.reason }
        report(
          entry.place,
          isSame ? first.reason : gaps.map { "\($0.model): \($0.reason)" }.joined(separator: "; "))
      }
      for gap in gaps { plan.leaveOut(gap) }
    }
  }

  /// A class of the exhibition as a model knows it; `nil` if it is left out for that model.
  func target(of entry: Exhibition.ClassEntry, in model: Exhibition.ModelEntry) -> Record.Target? {
    guard !plan.isLeftOut(entry.name, in: model.name) else { return nil }
    return classTarget(entry.name, in: model.name, place: entry.place)
  }

  /// Why a model doesn't know a class; `nil` if it does, or if it can't be asked, which is reported where it is used.
  func ignorance(of className: String, in model: String) -> String? {
    do {
      _ = try library.classIndex(className, in: model)
    } catch let error as ModelError {
      if case .unknown(_, let reason) = error { return reason }
    } catch {}
    return nil
  }
}
