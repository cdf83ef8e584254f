import Exhibition

/// A circuit: a class, the channels that it is read from, drawn and as a table.
enum CircuitPage: PageKind {
  static let template = "pages/circuit"

  struct Model: PageModel {
    var title: String
    var label: String
    var classURL: String?
    var model: String
    var modelURL: String
    var gap: String?
    var diagram: HTML?
    var channels: [Channel]
    var recipe: RecipeModel?
    var share: String?

    struct Channel: PageModel {
      var rank: Int
      var title: String
      var url: String
      var relevance: String
      var spread: String
      var share: String
      var patches: [NaturalModel]
      var hasPatches: Bool
      var works: [WorkModel]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.circuits.map { circuit in
      let page = site.address(of: circuit)
      let owner = site.collection.model(circuit.model)
      let home = site.collection.classes.first { $0.label == circuit.label }
      let total = circuit.channels.reduce(0) { $0 + $1.channel.share }
      let model = Model(
        title: circuit.title, label: circuit.label,
        classURL: home.map { page.link(to: site.address(of: $0)) }, model: owner?.title ?? circuit.model,
        modelURL: page.link(to: .folder("models", Slug.make(circuit.model))), gap: circuit.finding.gap,
        diagram: circuit.channels.isEmpty ? nil : diagram(of: circuit, home: home, on: page, in: site),
        channels: circuit.channels.enumerated().map {
          channel($1, rank: $0 + 1, circuit, on: page, in: site)
        },
        recipe: circuit.record.map(RecipeModel.init),
        share: circuit.channels.isEmpty ? nil : Format.percent(total))
      return SitePage(
        address: page, title: circuit.title, kind: "circuit",
        description: "The channels from which \(model.model) reads \(circuit.label), each as pictures.",
        body: try templates.page(template, model), crumbs: [("Circuits", Address.folder("circuits"))])
    }
  }

  private static func channel(
    _ part: CircuitExhibit.Channel, rank: Int, _ circuit: CircuitExhibit, on page: Address,
    in site: SiteContext
  ) -> Model.Channel {
    let channel = part.channel
    let home = site.unitAddress(model: circuit.model, layer: channel.layer, channel: channel.channel)
    return Model.Channel(
      rank: rank, title: channel.address, url: page.link(to: home),
      relevance: Format.significant(channel.relevance), spread: Format.significant(channel.spread),
      share: Format.percent(channel.share),
      patches: site.naturals(
        part.patches, of: "Natural patch that excites \(channel.address)", on: page, limit: 6),
      hasPatches: !part.patches.isEmpty,
      works: part.works.map { site.work($0, on: page, home: home) })
  }

  private static func diagram(
    of circuit: CircuitExhibit, home: ClassExhibit?, on page: Address, in site: SiteContext
  ) -> HTML {
    let source = { (work: Work?) -> String? in
      guard let made = work?.result.value, let stored = made.picture(made.visualization.picture) else {
        return nil
      }
      return page.link(to: site.media.address(of: stored, size: .card))
    }
    let classWorks = home?.works.filter { $0.model == circuit.model } ?? []
    let reference = home?.references.value?.first.map {
      page.link(to: site.media.address(of: $0.picture, size: .card))
    }
    return CircuitDiagram(
      root: .init(
        title: circuit.label, picture: source(OverviewPage.shown(classWorks)) ?? reference,
        link: home.map { page.link(to: site.address(of: $0)) }),
      branches: circuit.channels.map { part in
        let channel = part.channel
        let unit = site.unitAddress(model: circuit.model, layer: channel.layer, channel: channel.channel)
        return .init(
          node: .init(
            title: channel.address, picture: source(OverviewPage.shown(part.works)), link: page.link(to: unit)
          ),
          share: channel.share, note: Format.percent(channel.share))
      }
    ).svg
  }
}
