import Exhibition

/// A circuit: a class, the channels that it is read from and those below them, drawn and as tables.
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
    var levels: [Level]
    var edges: [Edge]
    var outcomes: [Outcome]
    var hasOutcomes: Bool
    var recipe: RecipeModel?
    var share: String?
    var rules: String?
    var pictures: String?

    /// The channels of a layer.
    struct Level: PageModel {
      var layer: String
      var channels: [Channel]
    }

    struct Edge: PageModel {
      var upper: String
      var lower: String
      var lowerURL: String
      var relevance: String
      var spread: String
      var share: String
    }

    /// What becomes of the class without some channels.
    struct Outcome: PageModel {
      var title: String
      var probability: String
      var spread: String
      /// From 0 to 100, for a drawing.
      var bar: Int
      var recognized: String
    }

    struct Channel: PageModel {
      var title: String
      /// What the exhibition's author calls it.
      var label: String?
      var url: String
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
      let finding = circuit.finding.value
      let total = circuit.channels.filter { $0.channel.level == 1 }.reduce(0) { $0 + $1.channel.share }
      let model = Model(
        title: circuit.title, label: circuit.label,
        classURL: home.map { page.link(to: site.address(of: $0)) }, model: owner?.title ?? circuit.model,
        modelURL: page.link(to: .folder("models", Slug.make(circuit.model))), gap: circuit.finding.gap,
        diagram: circuit.channels.isEmpty ? nil : diagram(of: circuit, home: home, on: page, in: site),
        levels: (finding?.layers ?? []).enumerated().map { index, layer in
          Model.Level(
            layer: layer,
            channels: circuit.channels.filter { $0.channel.level == index + 1 }
              .map { channel($0, circuit, on: page, in: site) })
        },
        edges: (finding?.edges ?? []).map { edge($0, circuit, on: page, in: site) },
        outcomes: (finding?.outcomes ?? []).map {
          Model.Outcome(
            title: $0.title, probability: Format.percent($0.probability), spread: Format.percent($0.spread),
            bar: Int((100 * $0.probability).rounded()), recognized: Format.percent($0.recognized))
        },
        hasOutcomes: finding?.outcomes.isEmpty == false, recipe: circuit.record.map(RecipeModel.init),
        share: circuit.channels.isEmpty ? nil : Format.percent(total), rules: finding?.rules,
        pictures: finding.map { OverviewPage.counted($0.pictures, "picture") })
      return SitePage(
        address: page, title: circuit.title, kind: "circuit",
        description: "The channels from which \(model.model) reads \(circuit.label), each as pictures.",
        body: try templates.page(template, model), crumbs: [("Circuits", Address.folder("circuits"))])
    }
  }

  private static func channel(
    _ part: CircuitExhibit.Channel, _ circuit: CircuitExhibit, on page: Address, in site: SiteContext
  ) -> Model.Channel {
    let channel = part.channel
    let home = site.unitAddress(model: circuit.model, layer: channel.layer, channel: channel.channel)
    return Model.Channel(
      title: channel.address, label: site.collection.label(of: channel.address, in: circuit.model),
      url: page.link(to: home), share: Format.percent(channel.share),
      patches: site.naturals(
        part.patches, of: "Natural patch that excites \(channel.address)", on: page, limit: 6),
      hasPatches: !part.patches.isEmpty,
      works: site.works(part.works, on: page, home: home))
  }

  private static func edge(
    _ edge: Record.Circuit.Edge, _ circuit: CircuitExhibit, on page: Address, in site: SiteContext
  ) -> Model.Edge {
    let channel = { (index: Int) in circuit.channels[index].channel }
    let lower = channel(edge.lower)
    return Model.Edge(
      upper: edge.upper.map { channel($0).address } ?? circuit.label, lower: lower.address,
      lowerURL: page.link(
        to: site.unitAddress(model: circuit.model, layer: lower.layer, channel: lower.channel)),
      relevance: Format.significant(edge.relevance), spread: Format.significant(edge.spread),
      share: Format.percent(edge.share))
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
      nodes: circuit.channels.map { part in
        let channel = part.channel
        let unit = site.unitAddress(model: circuit.model, layer: channel.layer, channel: channel.channel)
        return (
          .init(
            title: site.collection.label(of: channel.address, in: circuit.model) ?? channel.address,
            picture: source(OverviewPage.shown(part.works)), link: page.link(to: unit)), channel.level
        )
      },
      edges: (circuit.finding.value?.edges ?? []).map {
        .init(upper: $0.upper, lower: $0.lower, share: $0.share)
      }
    ).svg
  }
}
