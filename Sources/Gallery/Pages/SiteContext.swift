import Exhibition
import Foundation
import Support
import Synchronization

/// What the pages of one build share: the collection, the addresses of everything in it, and the pictures that
/// the pages ask for.
final class SiteContext: Sendable {
  let collection: Collection
  let media: Media
  /// Every synthetic picture, see ``Collection/works``.
  let works: [Work]
  private let desk = Mutex<ComparePage.Desk?>(nil)

  init(collection: Collection, media: Media) {
    self.collection = collection
    self.media = media
    works = collection.works
  }

  /// Where pictures are compared; found when it is first asked for.
  var compareDesk: ComparePage.Desk {
    desk.withLock { desk in
      if let desk { return desk }
      let made = ComparePage.Desk(self)
      desk = made
      return made
    }
  }

  // MARK: Addresses

  func address(of model: ModelExhibit) -> Address { .folder("models", model.slug) }
  func address(of method: MethodExhibit) -> Address { .folder("methods", method.slug) }
  func address(of exhibit: ClassExhibit) -> Address { .folder("classes", exhibit.slug) }
  func address(of circuit: CircuitExhibit) -> Address { .folder("circuits", Slug.make(circuit.name)) }
  func address(of concept: ConceptExhibit) -> Address { .folder("concepts", Slug.make(concept.name)) }
  func address(of attack: AttackExhibit) -> Address { .folder("adversarial", Slug.make(attack.name)) }
  func address(of table: AttackTableExhibit) -> Address { .folder("adversarial", Slug.make(table.name)) }
  /// Below the exhibit's page if that compares several attacks, or else that page.
  func address(of trial: AttackTrial, in exhibit: AttackExhibit) -> Address {
    guard exhibit.trials.count > 1 else { return address(of: exhibit) }
    return .folder("adversarial", Slug.make(exhibit.name), Slug.make(trial.name))
  }
  func address(of study: StudyExhibit) -> Address { .folder("studies", Slug.make(study.name)) }
  func address(of row: InterpolationExhibit) -> Address { .folder("interpolations", Slug.make(row.name)) }
  func address(of ablation: AblationExhibit) -> Address { .folder("ablations", Slug.make(ablation.name)) }
  func address(of facets: FacetsExhibit) -> Address { .folder("facets", Slug.make(facets.name)) }
  func address(of unit: UnitExhibit) -> Address {
    if let layer = unit.target.layer, let channel = unit.target.channel {
      return unitAddress(model: unit.model, layer: layer, channel: channel)
    }
    // Signs and dots are lost in a slug, so that addresses may differ by them alone.
    let address = unit.target.address
    let name = "\(Slug.make(address).prefix(48))-\(Digest.sha256(address).prefix(6))"
    return .folder("units", Slug.make(unit.model), name)
  }
  func unitAddress(model: String, layer: String, channel: Int) -> Address {
    .folder("units", Slug.make(model), Slug.make(layer), String(channel))
  }

  /// A picture's own page: below its class, its unit or its concept.
  func address(of work: Work, in home: Address) -> Address {
    let folder = home.path.dropLast("index.html".count)
    let name = [work.model, work.method, String(work.seed)].map(Slug.make).joined(separator: "-")
    let isPart = [.direction, .facet, .neuronFacet].contains(work.target.kind)
    let target = isPart ? "\(work.target.channel ?? 0)-" : ""
    return Address(folder + target + name + "/index.html")
  }

  // MARK: Parts

  /// A stored picture for an `img` on a page.
  func picture(
    _ stored: StoredPicture, alt: String, on page: Address, size: Media.Size = .full, isFirst: Bool = false
  ) -> PictureModel {
    let file = media.address(of: stored, size: size)
    let alt = file == Media.withheld ? "\(alt), which may not be shown" : alt
    let (width, height) = size.fit(width: stored.width, height: stored.height)
    return PictureModel(
      src: page.link(to: file), width: width, height: height, alt: alt, loading: isFirst ? "eager" : "lazy")
  }

  /// The compare page with the first four of these pictures chosen, as far as one page offers them.
  func compareURL(_ names: [String], on page: Address) -> String {
    let place = names.lazy.compactMap { self.compareDesk.places[$0] }.first ?? .folder("compare")
    let chosen = names.filter { compareDesk.places[$0] == place }.prefix(4)
    return page.link(to: place) + "#" + chosen.joined(separator: ",")
  }

  func naturals(
    _ pictures: [NaturalPicture], of what: String, on page: Address, limit: Int, isFirst: Bool = false
  ) -> [NaturalModel] {
    pictures.prefix(limit).enumerated().map { index, natural in
      NaturalModel(
        picture: picture(
          natural.picture, alt: "\(what), number \(index + 1)", on: page, size: .card, isFirst: isFirst),
        source: natural.source, score: natural.score.map(Format.significant))
    }
  }

  /// A synthetic picture in a grid.
  func work(
    _ work: Work, on page: Address, home: Address, seeds: SeedSwitch? = nil, isFirst: Bool = false
  ) -> WorkModel {
    let method = collection.method(work.method)
    let model = collection.model(work.model)
    let url = page.link(to: address(of: work, in: home))
    var result = WorkModel(
      id: url, url: url, title: title(of: work), model: model?.title ?? work.model,
      method: method?.title ?? work.method,
      methodURL: page.link(to: .folder("methods", Slug.make(work.method))),
      seed: String(work.seed), shownAt: seeds?.seeds(showing: work), gap: work.result.gap,
      verdicts: verdicts(of: work))
    result.hasVerdicts = !result.verdicts.isEmpty
    if let made = work.result.value, let stored = made.picture(made.visualization.picture) {
      result.picture = picture(stored, alt: alternative(for: work), on: page, size: .card, isFirst: isFirst)
      result.measure = measure(of: made)
      result.id = media.name(of: stored)
    }
    return result
  }

  /// Pictures of the target that their page or section is about: named by what tells them apart, and `others` that are
  /// shown with them.
  func works(
    _ works: [Work], apartFrom others: [Work] = [], on page: Address, home: Address, seeds: SeedSwitch? = nil,
    isFirst: Bool = false
  ) -> [WorkModel] {
    let all = works + others
    let hasModels = Set(all.map(\.model)).count > 1
    // A switch says which seed is shown.
    let hasSeeds = seeds?.isWanted != true && Set(all.map(\.seed)).count > 1
    return works.map { one in
      var result = work(one, on: page, home: home, seeds: seeds, isFirst: isFirst)
      let parts = [result.method, hasModels ? result.model : nil, hasSeeds ? "seed \(one.seed)" : nil]
      result.title = parts.compactMap(\.self).joined(separator: ", ")
      return result
    }
  }

  /// What is shown: `zebra`, `layer4.1, channel 12`, `zebra − 0.5 × tiger`, `concept stripes, direction 2`.
  func name(of target: Record.Target) -> String {
    switch target.kind {
    case .channel: "\(target.layer ?? ""), channel \(target.channel ?? 0)"
    case .direction: "\(target.label ?? concept(of: target)), direction \((target.channel ?? 0) + 1)"
    case .facet, .neuronFacet: "\(target.label ?? target.address), facet \((target.channel ?? 0) + 1)"
    default: target.label ?? target.address
    }
  }

  /// The name of given directions, which are of no class: `stripes` of `concept:stripes/1`.
  private func concept(of target: Record.Target) -> String {
    guard target.address.hasPrefix("concept:"), let end = target.address.lastIndex(of: "/") else {
      return target.address
    }
    return String(target.address[..<end].dropFirst("concept:".count))
  }

  /// `zebra by VITAL`
  func title(of work: Work) -> String {
    "\(name(of: work.target)), \(collection.method(work.method)?.title ?? work.method)"
  }

  /// The text for those who can't see the picture.
  func alternative(for work: Work) -> String {
    let model = collection.model(work.model)?.title ?? work.model
    let method = collection.method(work.method)?.title ?? work.method
    return "Synthetic picture of \(name(of: work.target)) in \(model), made by \(method), seed \(work.seed)"
  }

  /// What a list calls a unit: its address if that is short, or else what people call it.
  func heading(of unit: UnitExhibit) -> String {
    let heading = unit.target.kind == .channel ? unit.target.address : name(of: unit.target)
    return collection.label(of: unit.target.address, in: unit.model).map { "\(heading): \($0)" } ?? heading
  }

  func measure(of made: Work.Made) -> String {
    if let probability = made.visualization.targetProbability {
      return Format.percent(probability)
    }
    return "activation \(Format.significant(made.visualization.activation))"
  }

  /// First guesses of all models; only class pictures have an intended answer.
  private func verdicts(of work: Work) -> [VerdictModel] {
    guard work.target.showsClass else { return [] }
    return work.judgements.compactMap { judged in
      guard let first = judged.judgement.predictions.first else { return nil }
      return VerdictModel(
        model: collection.model(judged.model)?.title ?? judged.model, label: first.label,
        percent: Format.percent(first.probability), isRight: isIntended(first, work, judged))
    }
  }

  /// Whether a guess is what the picture was made for. Models may number their classes differently, so the
  /// recorded rank decides, and labels only where there is none.
  private func isIntended(_ guess: Record.Prediction, _ work: Work, _ judged: Work.Judged) -> Bool {
    if let rank = judged.judgement.targetRank { return rank == 1 }
    return guess.label == work.target.label
  }

  /// What a model says of a picture that is of the class `intended`, which has the place `rank` among its answers: models
  /// may call and number their classes differently, so labels decide only without one.
  func predictions(
    _ predictions: [Record.Prediction], model name: String, intended: String?, rank: Int? = nil,
    on page: Address
  ) -> PredictionModel {
    let model = collection.model(name)
    return PredictionModel(
      model: model?.title ?? name, modelURL: page.link(to: .folder("models", Slug.make(name))),
      bars: predictions.enumerated().map { index, prediction in
        BarModel(
          label: prediction.label, percent: Format.percent(prediction.probability),
          width: Int((prediction.probability * 100).rounded()),
          isIntended: rank.map { $0 == index + 1 } ?? (prediction.label == intended))
      })
  }
}

extension Record.Target {
  /// Whether a picture of it is one of a class, so that networks can be right about it.
  var showsClass: Bool { kind == .classLogit || kind == .facet }
}
