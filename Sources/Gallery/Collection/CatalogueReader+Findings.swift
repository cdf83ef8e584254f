import Exhibition

extension CatalogueReader {
  func circuit(_ entry: Exhibition.CircuitEntry) -> CircuitExhibit {
    let result = found(
      catalogue.state(Job.Key(kind: .circuit, model: entry.model, subject: .circuit(entry.name))))
    guard let record = result.value, let circuit = record.circuit else {
      return CircuitExhibit(
        name: entry.name, title: entry.name, model: entry.model, label: entry.className,
        finding: .missing(reason: result.gap ?? "The record holds no circuit."))
    }
    let channels = circuit.channels.map { channel in
      CircuitExhibit.Channel(
        channel: channel, patches: pictures(channel.patches, of: record),
        works: works(
          .channel(layer: channel.layer, channel: channel.channel), model: entry.model, methods: entry.methods
        ) { Record.Target(channel) })
    }
    return CircuitExhibit(
      name: entry.name, title: entry.name, model: entry.model, label: entry.className,
      finding: .here(circuit),
      record: record, channels: channels)
  }

  func concept(_ entry: Exhibition.ConceptEntry) -> ConceptExhibit {
    let result = found(
      catalogue.state(Job.Key(kind: .concept, model: entry.model, subject: .concept(entry.name))))
    guard let record = result.value, let concept = record.concept else {
      return ConceptExhibit(
        name: entry.name, title: entry.name, model: entry.model, label: entry.className,
        finding: .missing(reason: result.gap ?? "The record holds no concept."))
    }
    let maps = catalogue.record(
      Job.Key(kind: .attribution, model: entry.model, subject: .concept(entry.name)))
    let directions = concept.directions.prefix(entry.show).map { direction in
      ConceptExhibit.Direction(
        direction: direction, patches: pictures(direction.patches, of: record),
        maps: maps.map { self.maps(of: direction.index, in: $0) } ?? [],
        works: works(
          .direction(concept: entry.name, index: direction.index), model: entry.model, methods: entry.methods
        ) {
          Record.Target(
            kind: .direction, classIndex: concept.classIndex, label: concept.label, layer: concept.layer,
            channel: direction.index, address: "concept:\(entry.name)/\(direction.index)")
        })
    }
    return ConceptExhibit(
      name: entry.name, title: entry.name, model: entry.model, label: entry.className,
      finding: .here(concept),
      record: record, directions: directions)
  }

  /// Where in natural pictures a direction of a concept is strong.
  private func maps(of direction: Int, in record: Record) -> [NaturalPicture] {
    (record.conceptMaps?.maps ?? []).filter { $0.direction == direction }.compactMap { map in
      record.picture(map.file, in: folder(record)).map {
        NaturalPicture(picture: $0, source: map.source, score: nil)
      }
    }
  }
}
