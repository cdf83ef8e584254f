/// A class: rows are models, columns are methods, first the natural references.
enum ClassPage: PageKind {
  static let template = "pages/class"

  struct Model: PageModel {
    var title: String
    var references: [NaturalModel]
    var referencesGap: String?
    var rows: [Row]
    var leftOut: String?
    var seeds: [String]
    var hasSeeds: Bool
    var compareURL: String
    var others: [LinkModel]
    var hasOthers: Bool
    var previous: LinkModel?
    var next: LinkModel?

    static let meanings: [String: String] = [
      "title": "the class, as the exhibition calls it",
      "references": "natural pictures of the class, four at most",
      "referencesGap": "why there are none, in a sentence; missing if there are some",
      "rows": "a row for each network of which pictures are shown",
      "leftOut": "the networks that don't know the class, with commas between; missing if all know it",
      "seeds": "the seeds to switch between; empty if there is only one",
      "hasSeeds": "whether there is more than one seed",
      "compareURL": "the compare page with the first four of the pictures chosen",
      "others":
        "circuits, concepts, facets, interpolations and attacks about the class, such as `Circuit: zebra`",
      "hasOthers": "whether there are any of those",
      "previous": "the class before it in the exhibition; missing at the first",
      "next": "the class after it in the exhibition; missing at the last",
    ]

    struct Row: PageModel {
      var model: String
      var modelURL: String
      var maps: [NaturalModel]
      var hasMaps: Bool
      var mapsMethod: String
      var cells: [Cell]

      static let meanings: [String: String] = [
        "model": "the network's title",
        "modelURL": "the network's page",
        "maps":
          "what in natural pictures speaks for the class to this network, in red, and against it, in blue; four at most",
        "hasMaps": "whether there are such maps",
        "mapsMethod": "the rules by which the maps were made; empty if they weren't",
        "cells": "a cell for each method that was asked for pictures",
      ]
    }

    /// What a method made for a model, once for each seed.
    struct Cell: PageModel {
      var method: String
      var methodURL: String
      var works: [WorkModel]

      static let meanings: [String: String] = [
        "method": "the method's title",
        "methodURL": "the method's page",
        "works": "the method's pictures, one for each seed",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let classes = site.collection.classes
    return try classes.indices.map { index in
      let exhibit = classes[index]
      let page = site.address(of: exhibit)
      let link = { (other: ClassExhibit) in
        LinkModel(url: page.link(to: site.address(of: other)), text: other.label)
      }
      let others = related(to: exhibit, on: page, in: site)
      let seeds = SeedSwitch(exhibit.works)
      let model = Model(
        title: exhibit.label,
        references: site.naturals(
          exhibit.references.value ?? [], of: "Natural picture of \(exhibit.label)", on: page, limit: 4,
          isFirst: true),
        referencesGap: exhibit.references.gap,
        rows: rows(of: exhibit, seeds, on: page, in: site), leftOut: leftOut(of: exhibit, in: site),
        seeds: seeds.seeds, hasSeeds: seeds.isWanted,
        compareURL: compareURL(exhibit.works, on: page, in: site), others: others,
        hasOthers: !others.isEmpty,
        previous: index > 0 ? link(classes[index - 1]) : nil,
        next: index + 1 < classes.count ? link(classes[index + 1]) : nil)
      return SitePage(
        address: page, title: exhibit.label, kind: "class",
        description: "What each network looks for in \(exhibit.label), by each method.",
        body: try templates.page(template, model),
        crumbs: [("Classes", Address.folder("classes"))],
        preview: OverviewPage.shown(exhibit.works)?.made)
    }
  }

  private static func rows(
    of exhibit: ClassExhibit, _ seeds: SeedSwitch, on page: Address, in site: SiteContext
  ) -> [Model.Row] {
    var isFirst = true
    return site.collection.models.compactMap { model in
      let works = exhibit.works.filter { $0.model == model.name }
      guard !works.isEmpty else { return nil }
      let cells = site.collection.methods.compactMap { method -> Model.Cell? in
        let made = works.filter { $0.method == method.name }
        guard !made.isEmpty else { return nil }
        return Model.Cell(
          method: method.title, methodURL: page.link(to: site.address(of: method)),
          works: made.map {
            site.work($0, on: page, home: page, seeds: seeds, isFirst: isFirst)
          })
      }
      isFirst = false
      let attribution = exhibit.maps[model.name]
      let maps = site.naturals(
        attribution?.maps.value ?? [],
        of: "What speaks for \(exhibit.label) to \(model.title) in a natural picture",
        on: page, limit: 4)
      return Model.Row(
        model: model.title, modelURL: page.link(to: site.address(of: model)), maps: maps,
        hasMaps: !maps.isEmpty, mapsMethod: attribution?.method ?? "", cells: cells)
    }
  }

  private static func leftOut(of exhibit: ClassExhibit, in site: SiteContext) -> String? {
    let titles = exhibit.absentModels.map { site.collection.model($0)?.title ?? $0 }
    return titles.isEmpty ? nil : titles.joined(separator: ", ")
  }

  /// The compare page with the first four pictures chosen.
  static func compareURL(_ works: [Work], on page: Address, in site: SiteContext) -> String {
    site.compareURL(works.compactMap { $0.made.map(site.media.name) }, on: page)
  }

  /// Circuits, concepts and attacks that are about this class.
  private static func related(to exhibit: ClassExhibit, on page: Address, in site: SiteContext) -> [LinkModel]
  {
    let collection = site.collection
    return collection.circuits.filter { $0.label == exhibit.label }.map {
      LinkModel(url: page.link(to: site.address(of: $0)), text: "Circuit: \($0.title)")
    }
      + collection.concepts.filter { $0.label == exhibit.label }.map {
        LinkModel(url: page.link(to: site.address(of: $0)), text: "Concepts: \($0.title)")
      }
      + collection.facets.filter { !$0.isNeuron && $0.label == exhibit.label }.map {
        LinkModel(url: page.link(to: site.address(of: $0)), text: "Facets: \($0.title)")
      }
      + collection.interpolations.filter { $0.from == exhibit.label || $0.to == exhibit.label }.map {
        LinkModel(url: page.link(to: site.address(of: $0)), text: "Interpolation: \($0.title)")
      }
      + collection.attacks.filter { $0.sourceLabel == exhibit.label || $0.targetLabel == exhibit.label }.map {
        LinkModel(url: page.link(to: site.address(of: $0)), text: "Adversarial: \($0.title)")
      }
  }
}
