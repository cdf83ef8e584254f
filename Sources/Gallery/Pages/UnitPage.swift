import Exhibition

/// An inner neuron or another target: methods side by side, and the natural patches that excite it most.
enum UnitPage: PageKind {
  static let template = "pages/unit"

  struct Model: PageModel {
    var title: String
    var sort: String
    var address: String
    var label: String?
    var model: String
    var modelURL: String
    var patches: [NaturalModel]
    var patchesGap: String?
    var lowest: [NaturalModel]
    var hasLowest: Bool
    var response: ResponseModel?
    var works: [WorkModel]
    var seeds: [String]
    var hasSeeds: Bool
    var compareURL: String
    var served: [Service]
    var hasServed: Bool
    var servedPictures: String
    var circuits: [LinkModel]
    var hasCircuits: Bool
    var facets: [LinkModel]
    var hasFacets: Bool
    var previous: LinkModel?
    var next: LinkModel?

    static let meanings: [String: String] = [
      "title": "what it is called, such as `layer4.1, channel 12`",
      "sort": "what sort of target it is, such as `A channel`",
      "address": "how `exhibition.yaml` and the command line address it, such as `layer4.1:12`",
      "label": "what the exhibition's author calls it; missing if nothing was written",
      "model": "the title of the network that it is part of",
      "modelURL": "that network's page",
      "patches": "the natural patches that excite it most, the strongest first, twelve at most",
      "patchesGap": "why there are none, in a sentence; missing if there are some",
      "lowest": "the natural pictures that excite it least, the weakest first, nine at most",
      "hasLowest": "whether those are known",
      "response": "how all natural pictures excite it; missing if they weren't measured",
      "works": "the synthetic pictures of it",
      "seeds": "the seeds to switch between; empty if there is only one",
      "hasSeeds": "whether there is more than one seed",
      "compareURL": "the compare page with the first four of the pictures chosen",
      "served":
        "the classes that it serves: those of whose relevance in its layer it carries most, five at most; channels only",
      "hasServed": "whether any such classes are known",
      "servedPictures": "over how many pictures of each class the shares are means, such as `5 pictures`",
      "circuits": "the circuits that it is part of",
      "hasCircuits": "whether it is part of any",
      "facets": "where it is taken apart into facets",
      "hasFacets": "whether it is taken apart anywhere",
      "previous": "the neuron before it in the exhibition; missing at the first",
      "next": "the neuron after it in the exhibition; missing at the last",
    ]

    /// A class, and how much of what speaks for it goes through the neuron.
    struct Service: PageModel {
      var name: String
      var url: String?
      var share: String
      var spread: String
      var bar: Int

      static let meanings: [String: String] = [
        "name": "the class, as the exhibition calls it",
        "url": "the class's page; missing if it has none",
        "share":
          "the part of the layer's positive relevance for the class that goes through it, such as `3.1 %`",
        "spread": "the standard deviation of that over pictures, such as `0.8 %`",
        "bar": "the share beside the greatest one, from 0 to 100, for a drawing",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let units = site.collection.units
    return try units.indices.map { index in
      let unit = units[index]
      let page = site.address(of: unit)
      let link = { (other: UnitExhibit) in
        LinkModel(url: page.link(to: site.address(of: other)), text: site.heading(of: other))
      }
      let owner = site.collection.model(unit.model)
      let seeds = SeedSwitch(unit.works)
      let circuits = circuits(with: unit, on: page, in: site)
      let facets = facets(of: unit, on: page, in: site)
      let served = served(by: unit, on: page, in: site)
      let title = site.name(of: unit.target)
      let model = Model(
        title: title, sort: sort(of: unit.target), address: unit.target.address,
        label: site.collection.label(of: unit.target.address, in: unit.model),
        model: owner?.title ?? unit.model,
        modelURL: page.link(to: .folder("models", Slug.make(unit.model))),
        patches: site.naturals(
          unit.patches.value ?? [], of: "Natural patch that excites \(title)", on: page,
          limit: 12),
        patchesGap: unit.patches.gap,
        lowest: site.naturals(
          unit.lowest, of: "Natural picture that excites \(title) least", on: page, limit: 9),
        hasLowest: !unit.lowest.isEmpty,
        response: unit.figures.map { ResponseModel($0, on: page, in: site) },
        works: site.works(unit.works, on: page, home: page, seeds: seeds, isFirst: true),
        seeds: seeds.seeds, hasSeeds: seeds.isWanted,
        compareURL: ClassPage.compareURL(unit.works, on: page, in: site),
        served: served, hasServed: !served.isEmpty,
        servedPictures: OverviewPage.counted(unit.served?.pictures ?? 0, "picture"),
        circuits: circuits, hasCircuits: !circuits.isEmpty, facets: facets, hasFacets: !facets.isEmpty,
        previous: index > 0 ? link(units[index - 1]) : nil,
        next: index + 1 < units.count ? link(units[index + 1]) : nil)
      return SitePage(
        address: page, title: "\(title) in \(model.model)", kind: "unit",
        description:
          "What excites \(title) of \(model.model): synthetic pictures and natural patches.",
        body: try templates.page(template, model), crumbs: [("Neurons", Address.folder("units"))],
        preview: OverviewPage.shown(unit.works)?.made)
    }
  }

  private static func sort(of target: Record.Target) -> String {
    let address = target.address
    if target.kind == .channel { return "A channel" }
    if address.contains(" ") || address.hasPrefix("-") { return "A sum of units" }
    if address.hasPrefix("probability:") { return "How probable a class is" }
    if address.contains(":head") { return "An attention head" }
    if address.contains("@") { return "A neuron at one position" }
    return "A direction between channels"
  }

  /// The classes that a channel serves most.
  private static func served(
    by unit: UnitExhibit, on page: Address, in site: SiteContext
  ) -> [Model.Service] {
    let classes = (unit.served?.classes ?? []).filter { $0.share > 0 }.prefix(5)
    let greatest = classes.first?.share ?? 1
    return classes.map { service in
      let exhibit = site.collection.classes.first { $0.label == service.label }
      return Model.Service(
        name: service.label, url: exhibit.map { page.link(to: site.address(of: $0)) },
        share: Format.percent(service.share), spread: Format.percent(service.spread),
        bar: Int((100 * service.share / greatest).rounded()))
    }
  }

  /// The facets that it was taken apart into.
  private static func facets(of unit: UnitExhibit, on page: Address, in site: SiteContext) -> [LinkModel] {
    site.collection.facets.filter { $0.model == unit.model && $0.unit?.address == unit.target.address }
      .map { LinkModel(url: page.link(to: site.address(of: $0)), text: $0.title) }
  }

  private static func circuits(with unit: UnitExhibit, on page: Address, in site: SiteContext) -> [LinkModel]
  {
    site.collection.circuits.filter { circuit in
      circuit.model == unit.model
        && circuit.channels.contains { Record.Target($0.channel) == unit.target }
    }.map { LinkModel(url: page.link(to: site.address(of: $0)), text: $0.title) }
  }
}
