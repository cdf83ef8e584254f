import Attribution
import Imaging
import Models
import NeuralNetwork
import Visualization

extension ExhibitionWorker {
  /// The groups of a class's natural pictures, each with its most typical ones.
  func classFacets(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let recipe = job.recipe
    let model = try library.model(recipe.model)
    guard let classIndex = recipe.target.classIndex, let label = recipe.target.label else {
      throw WorkError(reason: "\(recipe.target.address) is no class")
    }
    let found = try ClassFacets.find(
      in: model, pictures: job.sources.count, facets: recipe.count("count"), seed: recipe.seed ?? 0,
      options: .init(precision: try precision(job), threads: threads),
      picture: { try model.prepare(job.sources[$0]) },
      progress: { try progress(Double($0.done) / Double(max(1, $0.total))) })
    var files: [String: Store.NewFile] = [:]
    var facets: [Record.Facets.Facet] = []
    for (index, facet) in found.facets.enumerated() {
      var pictures: [Record.Patch] = []
      for (number, member) in facet.members.prefix(recipe.count("show")).enumerated() {
        let name = "facet-\(index + 1)-\(number + 1).png"
        let source = job.sources[member]
        files[name] = try Store.NewFile(png: model.picture(try model.prepare(source)))
        pictures.append(Record.Patch(file: name, source: source.name))
      }
      facets.append(
        .init(index: index, members: facet.members.map { job.sources[$0].name }, pictures: pictures))
    }
    return Artifact(
      payload: .facets(
        Record.Facets(classIndex: classIndex, label: label, explained: found.explained, facets: facets)),
      files: files)
  }

  /// The natural pictures of the facet that a visualization shows.
  func members(of facet: Int, for job: Job) throws -> Set<String> {
    for input in job.recipe.inputs {
      if let facets = store.record(input)?.facets?.facets,
        let found = facets.first(where: { $0.index == facet })
      {
        return Set(found.members)
      }
    }
    throw WorkError(reason: "facet \(facet) is not in the store; run the facets' job again")
  }

  /// The groups of the patches that excite a neuron, each with its most typical ones.
  func neuronFacets(
    _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
  ) throws -> Artifact {
    let recipe = job.recipe
    let model = try library.model(recipe.model)
    let address = try model.target(recipe.target.address)
    let target = Target(address, in: model)
    let search = try search([target], job, threads: threads) { (part) throws(CancellationError) in
      try progress(0.5 * part)
    }
    let places = search.index.best(search.units[0], recipe.count("patches"))
    var settings = NeuronFacets.Settings()
    settings.count = recipe.count("count") > 0 ? recipe.count("count") : nil
    settings.vectors =
      recipe.settings["vectors"].flatMap {
        if case .text(let word) = $0 { .init(rawValue: word) } else { nil }
      } ?? settings.vectors
    let found = try NeuronFacets.find(
      target, in: model, patches: places.count, settings: settings, seed: recipe.seed ?? 0,
      options: try options(job, threads), patch: { try search.cutter.cut(places[$0]).prepared },
      progress: { try progress(0.5 + 0.5 * Double($0.done) / Double(max(1, $0.total))) })
    var files: [String: Store.NewFile] = [:]
    var facets: [Record.Facets.Facet] = []
    for (index, facet) in found.facets.enumerated() {
      let shown = try keep(
        facet.members.prefix(recipe.count("show")).map { try search.cutter.cut(places[$0]) },
        as: "facet-\(index + 1)", job)
      files.merge(shown.files) { $1 }
      // Of a group those that excite the neuron most, as for the neuron itself.
      let best = facet.members.sorted().prefix(recipe.count("references"))
      facets.append(
        .init(
          index: index, members: facet.members.map { job.sources[places[$0].picture].name },
          regions: best.map { region(places[$0], search.cutter, job) }, pictures: shown.patches))
    }
    return Artifact(
      payload: .facets(
        Record.Facets(
          classIndex: nil, label: address.title(labels: model.labels), explained: found.explained,
          silhouettes: found.silhouettes, facets: facets)), files: files)
  }

  /// What a neuron's facet is a facet of, and its patches.
  func facet(of job: Job) throws -> (address: String, regions: [Record.References.Region]) {
    for input in job.recipe.inputs {
      if let record = store.record(input),
        let facet = record.facets?.facets.first(where: { $0.index == job.recipe.target.channel })
      {
        return (record.recipe.target.address, facet.regions ?? [])
      }
    }
    throw WorkError(reason: "\(job.recipe.target.address) is not in the store; run the facets' job again")
  }
}
