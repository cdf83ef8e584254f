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

  /// A trial for each class that has a picture by every method; a trial with gaps would give methods away.
  func study(_ entry: Exhibition.StudyEntry, classes: [ClassExhibit]) -> StudyExhibit {
    let seed = exhibition.seeds.first ?? 0
    let trials = entry.classes.compactMap { name -> StudyExhibit.Trial? in
      guard let exhibit = classes.first(where: { $0.label == name }) else { return nil }
      let pictures = entry.methods.compactMap { method -> StoredPicture? in
        let work = exhibit.works.first { $0.model == entry.model && $0.method == method && $0.seed == seed }
        return work?.made
      }
      guard pictures.count == entry.methods.count, pictures.count > 1 else { return nil }
      return StudyExhibit.Trial(word: name, pictures: pictures)
    }
    let welcome = """
      On each of the following screens you see a word and \(entry.methods.count) pictures. Please say for each \
      picture how well it shows the word, from 1 (not at all) to 5 (very well). There are no right or wrong \
      answers. The number keys work too, and Enter goes on.
      """
    return StudyExhibit(
      name: entry.name, title: entry.title, welcome: welcome, seed: entry.seed, trials: trials)
  }
}
