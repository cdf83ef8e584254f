import Attribution
import Visualization

extension PlanDraft {
  /// The groups of a class's natural pictures, or of the patches that excite a neuron, and a picture of each.
  func addFacets(_ entry: Exhibition.FacetsEntry) {
    switch entry.subject {
    case .className(let name, let count): addFacets(entry, ofClass: name, count: count)
    case .unit(let address, let patches, let vectors, let count):
      addFacets(entry, of: address, patches: patches, vectors: vectors, count: count)
    }
  }

  private func addFacets(_ entry: Exhibition.FacetsEntry, ofClass name: String, count: Int) {
    guard
      let (job, model) = discovery(
        name, entry.model, entry.place, kind: .facets, title: "facets \(entry.name)",
        settings: ["count": .number(Double(count)), "show": .number(8)])
    else { return }
    guard job.sources.count >= count else {
      report(
        entry.place,
        "\(job.sources.count) natural pictures of \"\(name)\" can't make \(count) facets; ask for fewer"
      )
      return
    }
    plan.add(job, as: Job.Key(kind: .facets, model: model.name, subject: .facets(entry.name)))
    guard let className = exhibition.entry(forClass: name) else { return }
    for index in 0..<count {
      let target = Record.Target(
        kind: .facet, classIndex: job.recipe.target.classIndex, label: job.recipe.target.label,
        channel: index, address: "facet:\(entry.name)/\(index)")
      for job in addFacet(target, entry, index, layer: nil, model, after: job) {
        addJudgements(of: job, file: "picture.png", className: className)
      }
    }
  }

  /// How many groups a neuron's patches make is known only once they were looked at.
  private func addFacets(
    _ entry: Exhibition.FacetsEntry, of address: String, patches: Int, vectors: String, count: Int?
  ) {
    guard let facts = attempt(at: entry.place, { try library.target(address, in: entry.model) }),
      let model = exhibition.model(named: entry.model)
    else { return }
    guard let layer = facts.within else {
      return report(
        entry.place,
        "\(facts.address) isn't within the network, where patches could excite it; name a class by \"class\"")
    }
    let unit = Record.Target(facts)
    guard var job = addPatches(model.name, unit, place: entry.place) else { return }
    var recipe = job.recipe
    recipe.settings = [
      "count": .number(Double(count ?? 0)), "patches": .number(Double(patches)), "show": .number(8),
      "vectors": .text(vectors), "references": .number(50),
    ]
    recipe.seed = 0
    job = Job(
      kind: .facets, recipe: recipe, title: "facets \(entry.name)", sources: job.sources,
      command: runCommand)
    plan.add(job, as: Job.Key(kind: .facets, model: model.name, subject: .facets(entry.name)))
    guard let found = planner.store.record(job.identity)?.facets else {
      let most = count ?? NeuronFacets.Settings().most
      plan.addPending(
        Plan.Pending(
          parent: job.identity, kind: .visualization, count: most * pictures(of: entry.methods, entry.seeds),
          title: "facets of \(facts.address)", examples: examples(entry.methods, model, after: job)))
      return
    }
    for facet in found.facets {
      let target = Record.Target(
        kind: .neuronFacet, label: facts.title, layer: layer, channel: facet.index,
        address: "facet:\(entry.name)/\(facet.index)")
      _ = addFacet(target, entry, facet.index, layer: layer, model, after: job)
    }
  }

  private func addFacet(
    _ target: Record.Target, _ entry: Exhibition.FacetsEntry, _ index: Int, layer: String?,
    _ model: Exhibition.ModelEntry, after job: Job
  ) -> [Job] {
    entry.methods.compactMap(exhibition.method(named:)).flatMap { method in
      addInner(
        target, .facet(of: entry.name, index: index), layer: layer, model, method,
        seeds: exhibition.seeds(of: method, in: entry.seeds), parent: job, isCommand: false)
    }
  }
}
