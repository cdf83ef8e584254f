/// The list of all exhibits of a kind.
enum OverviewPage: PageKind {
  static let template = "pages/overview"

  struct Model: PageModel {
    var title: String
    var introduction: String
    var cards: [CardModel]
    var isEmpty: Bool
    var pages: [LinkModel]
    var hasPages: Bool
    var nextPage: LinkModel?
    var searchURL: String

    static let meanings: [String: String] = [
      "title": "the kind of exhibit, such as `Neurons`",
      "introduction": "a sentence about the kind",
      "cards": "the exhibits on this page of the list, 200 at most",
      "isEmpty": "whether the exhibition has none of the kind",
      "pages":
        "all pages of a long list, each called by its first and its last exhibit; empty if there is one page",
      "hasPages": "whether the list takes several pages",
      "nextPage": "the page of the list after this one; missing on the last",
      "searchURL": "the page that lists everything",
    ]
  }

  /// A kind of exhibit with its cards as seen from a page.
  struct Section {
    let title: String
    let introduction: String
    let address: Address
    /// How many exhibits of the kind there are.
    let count: Int
    let cards: (Address) -> [CardModel]
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try sections(in: site).flatMap { section in
      let paging = Paging(section.count, home: section.address)
      return try paging.ranges.enumerated().map { index, range in
        let page = paging.address(index)
        let cards = section.cards(page)
        let links = paging.links(on: index) { cards[$0].title }
        let model = Model(
          title: section.title, introduction: section.introduction, cards: Array(cards[range]),
          isEmpty: cards.isEmpty, pages: links, hasPages: !links.isEmpty,
          nextPage: paging.next(after: index, in: links),
          searchURL: SearchPage.url(of: section.title, on: page))
        return SitePage(
          address: page, title: paging.title(index, of: section.title), kind: "overview",
          description: section.introduction, body: try templates.page(template, model),
          crumbs: index == 0 ? [] : [(section.title, section.address)])
      }
    }
  }

  static func sections(in site: SiteContext) -> [Section] {
    let all = site.collection
    return [
      Section(
        title: "Classes", introduction: "What each network looks for in a class, by each method.",
        address: .folder("classes"), count: all.classes.count,
        cards: { classes(in: site, on: $0) }),
      Section(
        title: "Neurons",
        introduction: "Units inside the networks: channels, positions, heads, directions and sums of them.",
        address: .folder("units"), count: all.units.count,
        cards: { units(in: site, on: $0) }),
      Section(
        title: "Circuits", introduction: "Which channels a network reads a class from.",
        address: .folder("circuits"), count: all.circuits.count,
        cards: { circuits(in: site, on: $0) }),
      Section(
        title: "Concepts",
        introduction: "Directions in a layer: those that add up to a class, and given ones.",
        address: .folder("concepts"), count: all.concepts.count,
        cards: { concepts(in: site, on: $0) }),
      Section(
        title: "Facets", introduction: "The several things that one class or one neuron stands for.",
        address: .folder("facets"), count: all.facets.count,
        cards: { facets(in: site, on: $0) }),
      Section(
        title: "Interpolations",
        introduction: "From one target to another, in pictures that belong together.",
        address: .folder("interpolations"), count: all.interpolations.count,
        cards: { interpolations(in: site, on: $0) }),
      Section(
        title: "Adversarial examples",
        introduction: "Pictures changed a little until a network takes them for something else.",
        address: .folder("adversarial"), count: all.attacks.count + all.attackTables.count,
        cards: { attacks(in: site, on: $0) }),
      Section(
        title: "Ablations",
        introduction: "One method with one thing changed at a time: what matters, and what doesn't.",
        address: .folder("ablations"), count: all.ablations.count,
        cards: { ablations(in: site, on: $0) }),
      Section(
        title: "Methods", introduction: "How the pictures are made, each with its source.",
        address: .folder("methods"), count: all.methods.count,
        cards: { methods(in: site, on: $0) }),
      Section(
        title: "Models", introduction: "The networks on display.", address: .folder("models"),
        count: all.models.count,
        cards: { models(in: site, on: $0) }),
    ]
  }

  private static func classes(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.classes.enumerated().map { index, exhibit in
      let best = shown(exhibit.works)
      let natural = exhibit.references.value?.first?.picture
      return CardModel(
        url: page.link(to: site.address(of: exhibit)), title: exhibit.label,
        note: counted(exhibit.works.count, "picture"),
        picture: picture(
          best, fallback: natural, what: exhibit.label, on: page, in: site, isFirst: index < 4),
        words: exhibit.label)
    }
  }

  private static func units(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.units.enumerated().map { index, unit in
      let model = site.collection.model(unit.model)?.title ?? unit.model
      let title = site.heading(of: unit)
      return CardModel(
        url: page.link(to: site.address(of: unit)), title: title, note: model,
        picture: picture(
          shown(unit.works), fallback: unit.patches.value?.first?.picture, what: title, on: page, in: site,
          isFirst: index < 4),
        words: "\(unit.target.address) \(title) \(model)", network: model)
    }
  }

  private static func circuits(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.circuits.map { circuit in
      let model = site.collection.model(circuit.model)?.title ?? circuit.model
      return CardModel(
        url: page.link(to: site.address(of: circuit)), title: circuit.title,
        note: circuit.finding.gap == nil
          ? "\(counted(circuit.channels.count, "channel")) in \(model)" : "missing",
        picture: picture(
          shown(circuit.channels.flatMap(\.works)), fallback: nil, what: circuit.title, on: page, in: site),
        words: "\(circuit.title) \(circuit.label) \(model)", network: model)
    }
  }

  private static func concepts(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.concepts.map { concept in
      let model = site.collection.model(concept.model)?.title ?? concept.model
      return CardModel(
        url: page.link(to: site.address(of: concept)), title: concept.title,
        note: concept.finding.gap == nil
          ? "\(counted(concept.directions.count, "direction")) in \(model)" : "missing",
        picture: picture(
          shown(concept.directions.flatMap(\.works)),
          fallback: concept.directions.first?.patches.first?.picture,
          what: concept.title, on: page, in: site), words: "\(concept.title) \(concept.label ?? "") \(model)",
        network: model)
    }
  }

  private static func attacks(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.attacks.map { attack(in: site, $0, on: page) }
      + site.collection.attackTables.map { table(in: site, $0, on: page) }
  }

  private static func attack(in site: SiteContext, _ exhibit: AttackExhibit, on page: Address) -> CardModel {
    let model = site.collection.model(exhibit.model)?.title ?? exhibit.model
    let made = exhibit.trials.compactMap(\.finding.value)
    let best = made.first { $0.attack.success } ?? made.first
    let note: String
    if let best, exhibit.trials.count == 1 {
      let says = best.attack.after.first
      note = "\(model) says \(says?.label ?? "nothing"): \(Format.percent(says?.probability ?? 0))"
    } else if made.isEmpty {
      note = "missing"
    } else {
      note = "\(made.count { $0.attack.success }) of \(counted(made.count, "attack")) succeed on \(model)"
    }
    return CardModel(
      url: page.link(to: site.address(of: exhibit)), title: exhibit.title, note: note,
      picture: best.flatMap { $0.picture($0.attack.adversarial) }.map {
        site.picture(
          $0, alt: "\(exhibit.sourceLabel) changed towards \(exhibit.aim)", on: page, size: .card)
      }, words: "\(exhibit.title) \(exhibit.sourceLabel) \(exhibit.targetLabel) \(model)", network: model)
  }

  private static func table(in site: SiteContext, _ table: AttackTableExhibit, on page: Address) -> CardModel
  {
    let model = site.collection.model(table.model)?.title ?? table.model
    let trials = table.rows.flatMap(\.trials).compactMap(\.finding.value)
    let best = trials.first { $0.attack.success } ?? trials.first
    return CardModel(
      url: page.link(to: site.address(of: table)), title: table.title,
      note: "\(counted(table.attacks.count, "attack")) on \(counted(table.rows.count, "picture")), \(model)",
      picture: best.flatMap { $0.picture($0.attack.adversarial) }.map {
        site.picture($0, alt: "One of the attacked pictures", on: page, size: .card)
      }, words: "\(table.title) \(model)", network: model)
  }

  private static func methods(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.methods.map { method in
      let works = site.works.filter { $0.method == method.name }
      return CardModel(
        url: page.link(to: site.address(of: method)), title: method.title,
        note: counted(works.count, "picture"),
        picture: picture(
          works.first { $0.result.value != nil }, fallback: nil, what: method.title, on: page, in: site),
        words: method.title)
    }
  }

  private static func models(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.models.map { model in
      let works = site.works.filter { $0.model == model.name }
      return CardModel(
        url: page.link(to: site.address(of: model)), title: model.title,
        note: "\(model.architecture), \(Format.count(model.parameterCount)) parameters",
        picture: picture(shown(works), fallback: nil, what: model.title, on: page, in: site),
        words: model.title, network: model.title)
    }
  }

  /// The picture that stands for several, of the first model, target and seed: the one that most networks
  /// take for what it should be; of equals the method listed first.
  static func shown(_ works: [Work]) -> Work? {
    guard let first = works.first(where: { $0.result.value != nil }) else { return nil }
    var best = first
    for work in works
    where work.result.value != nil && work.model == first.model && work.target == first.target
      && work.seed == first.seed && rightCount(work) > rightCount(best)
    { best = work }
    return best
  }

  /// How many networks take a picture for what it should be.
  static func rightCount(_ work: Work) -> Int { work.judgements.count { $0.judgement.targetRank == 1 } }

  static func picture(
    _ work: Work?, fallback: StoredPicture?, what: String, on page: Address, in site: SiteContext,
    isFirst: Bool = false
  ) -> PictureModel? {
    if let work, let made = work.result.value, let stored = made.picture(made.visualization.picture) {
      return site.picture(stored, alt: site.alternative(for: work), on: page, size: .card, isFirst: isFirst)
    }
    return fallback.map {
      site.picture($0, alt: "Natural picture of \(what)", on: page, size: .card, isFirst: isFirst)
    }
  }

  static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    count == 1 ? "one \(noun)" : "\(Format.count(count)) \(plural ?? noun + "s")"
  }
}
