import Exhibition

extension CatalogueReader {
  /// The exhibition's units, and the channels of its circuits, each once: visitors see every picture that was made
  /// of a neuron, whichever exhibits asked for it.
  func units(circuits: [CircuitExhibit]) -> [UnitExhibit] {
    var order: [Neuron] = []
    var wanted: [Neuron: (target: Record.Target, methods: Set<String>)] = [:]
    func want(_ target: Record.Target, of model: String, by methods: [String]) {
      let neuron = Neuron(model: model, subject: Job.Subject(target))
      if wanted[neuron] == nil { order.append(neuron) }
      wanted[neuron, default: (target, [])].methods.formUnion(methods)
    }
    for entry in exhibition.units {
      let written = Plan.Written(model: entry.model, address: entry.address)
      guard let target = catalogue.plan.units[written] else { continue }
      want(target, of: entry.model, by: entry.methods)
    }
    for (entry, circuit) in zip(exhibition.circuits, circuits) {
      for part in circuit.channels { want(Record.Target(part.channel), of: entry.model, by: entry.methods) }
    }
    return order.compactMap { neuron in
      wanted[neuron].map { unit in
        let found = catalogue.references(neuron.subject, model: neuron.model)
        return UnitExhibit(
          model: neuron.model, target: unit.target,
          patches: naturals(
            catalogue.state(Job.Key(kind: .references, model: neuron.model, subject: neuron.subject))),
          lowest: found.map { pictures($0.references?.lowest ?? [], of: $0) } ?? [],
          highest: found?.references?.regions.compactMap(\.score) ?? [],
          figures: found?.references?.figures,
          served: catalogue.record(
            Job.Key(kind: .circuit, model: neuron.model, subject: neuron.subject))?.served,
          works: works(
            neuron.subject, model: neuron.model,
            methods: exhibition.methods.map(\.name).filter(unit.methods.contains)
          ) { unit.target })
      }
    }
  }

  private struct Neuron: Hashable {
    let model: String
    let subject: Job.Subject
  }

  /// A row of pictures for each seed.
  func interpolation(_ entry: Exhibition.InterpolationEntry) -> InterpolationExhibit {
    var ends: Record.Target.Ends?
    let rows = exhibition.seeds.map { seed in
      let key = Job.Key(
        kind: .interpolation, model: entry.model, subject: .interpolation(entry.name), seed: seed)
      ends = ends ?? catalogue.plan[key]?.recipe.target.ends
      switch found(catalogue.state(key)) {
      case .missing(let reason):
        return InterpolationExhibit.Row(seed: seed, finding: .missing(reason: reason))
      case .here(let record):
        guard let made = record.interpolation else {
          return .init(seed: seed, finding: .missing(reason: "The record holds no pictures."))
        }
        return .init(
          seed: seed, finding: .here(.init(record: record, interpolation: made, folder: folder(record))))
      }
    }
    return InterpolationExhibit(
      name: entry.name, title: entry.name, model: entry.model, from: ends?.fromTitle ?? entry.from,
      to: ends?.toTitle ?? entry.to, rows: rows)
  }

  /// The groups of a class's pictures or a neuron's patches, each with what was made of it.
  func facets(_ entry: Exhibition.FacetsEntry) -> FacetsExhibit {
    let (label, isNeuron) =
      switch entry.subject {
      case .className(let name, _): (name, false)
      case .unit(let address, _, _, _): (address, true)
      }
    let result = found(
      catalogue.state(Job.Key(kind: .facets, model: entry.model, subject: .facets(entry.name))))
    guard let record = result.value, let facets = record.facets else {
      return FacetsExhibit(
        name: entry.name, title: entry.name, model: entry.model, label: label, isNeuron: isNeuron,
        finding: .missing(reason: result.gap ?? "The record holds no facets."))
    }
    return FacetsExhibit(
      name: entry.name, title: entry.name, model: entry.model, label: isNeuron ? facets.label : label,
      isNeuron: isNeuron, unit: isNeuron ? record.recipe.target : nil, finding: .here(facets), record: record,
      facets: facets.facets.map { facet in
        FacetsExhibit.Facet(
          facet: facet, pictures: pictures(facet.pictures, of: record),
          works: works(
            .facet(of: entry.name, index: facet.index), model: entry.model, methods: entry.methods
          ) {
            Record.Target(
              kind: isNeuron ? .neuronFacet : .facet, classIndex: facets.classIndex, label: facets.label,
              channel: facet.index,
              address: "facet:\(entry.name)/\(facet.index)")
          })
      })
  }
}

extension Record.Target {
  /// A circuit's channel.
  init(_ channel: Record.Circuit.Channel) {
    self.init(kind: .channel, layer: channel.layer, channel: channel.channel, address: channel.address)
  }
}
