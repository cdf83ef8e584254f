import Visualization

extension PlanDraft {
  /// A row of pictures between two targets, one a seed.
  func addInterpolation(_ entry: Exhibition.InterpolationEntry) {
    let method = FourierVisualization.description.name
    let from = attempt(at: entry.fromPlace) { try library.target(entry.from, in: entry.model) }
    let to = attempt(at: entry.toPlace) { try library.target(entry.to, in: entry.model) }
    guard let model = exhibition.model(named: entry.model), let from, let to else { return }
    guard from.address != to.address else {
      report(entry.toPlace, "\(entry.to) is where the row begins; name another address")
      return
    }
    let target = Record.Target(
      kind: .interpolation, address: "\(from.address) → \(to.address)",
      ends: .init(
        from: from.address, fromTitle: from.title, to: to.address, toTitle: to.title, count: entry.count))
    guard let settings = interpolationSettings(entry), var recipe = recipe(model.name, target) else { return }
    recipe.method = method
    recipe.settings = settings
    let written = Exhibition.MethodEntry(
      name: method, slug: method, use: method, title: method, settings: entry.settings, modelSettings: [:],
      place: entry.place, settingPlaces: [:])
    for seed in exhibition.seeds {
      recipe.seed = seed
      let job = Job(
        kind: .interpolation, recipe: recipe, title: "interpolation \(entry.name), seed \(seed)"
      ) { _ in
        visualizeCommand(
          model, written, seed,
          ["--from=\(from.address)", "--to=\(to.address)", "--count", String(entry.count)], nil)
      }
      plan.add(
        job,
        as: Job.Key(
          kind: .interpolation, model: model.name, subject: .interpolation(entry.name), seed: seed))
    }
  }

  private func interpolationSettings(_ entry: Exhibition.InterpolationEntry) -> [String: SettingValue]? {
    do {
      return try library.settings(
        of: FourierVisualization.description.name, shared: Settings(entry.settings), in: entry.model,
        layer: nil
      ).values
    } catch let error as VisualizationError {
      report(error.settingName.flatMap { entry.settingPlaces[$0] } ?? entry.place, error.description)
    } catch {
      _ = attempt(at: entry.place) { throw error }
    }
    return nil
  }
}
