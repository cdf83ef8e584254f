/// A network: what goes in, what comes out, how well it does, what of it is shown.
enum ModelPage: PageKind {
  static let template = "pages/model"

  struct Model: PageModel {
    var title: String
    var facts: [FactModel]
    var training: [FactModel]
    var hasTraining: Bool
    var leftOut: String?
    var accuracyGap: String?
    var classes: [ClassRow]
    var hasAccuracy: Bool
    var units: [LinkModel]
    var hasUnits: Bool
    var works: [WorkModel]
    var hasWorks: Bool
    var moreURL: String?
    var previous: LinkModel?
    var next: LinkModel?

    static let meanings: [String: String] = [
      "title": "the network's title",
      "facts":
        "architecture, input, output, parameters, accuracy if it is known, and the digest of the weights",
      "training": "how it was trained, in its author's words and figures",
      "hasTraining": "whether anything is told of that",
      "leftOut":
        "the exhibition's classes that it doesn't know, with commas between; missing if it knows all",
      "accuracyGap": "why its accuracy isn't known, in a sentence; missing if it is",
      "classes": "all classes that it knows, in its own order",
      "hasAccuracy": "whether its accuracy was measured",
      "units": "the neurons of it that are shown",
      "hasUnits": "whether any are shown",
      "works": "a picture of each class of the exhibition, 200 at most",
      "hasWorks": "whether there are pictures of classes; if not, it only judges those of others",
      "moreURL": "the list of all classes; missing if all have a picture here",
      "previous": "the network before it in the exhibition; missing at the first",
      "next": "the network after it in the exhibition; missing at the last",
    ]

    struct ClassRow: PageModel {
      var label: String
      var url: String?
      var result: String?
      var bar: Int

      static let meanings: [String: String] = [
        "label": "the class, as its labels have it",
        "url": "the class's page; missing if the exhibition doesn't show it",
        "result":
          "how many references of the class it is right about, such as `9 of 10`; missing if it was shown none",
        "bar": "the same from 0 to 100, for a drawing; 0 without references",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let models = site.collection.models
    return try models.indices.map { index in
      let exhibit = models[index]
      let page = site.address(of: exhibit)
      let link = { (other: ModelExhibit) in
        LinkModel(url: page.link(to: site.address(of: other)), text: other.title)
      }
      let units = site.collection.units.filter { $0.model == exhibit.name }
      let works = works(of: exhibit, on: page, in: site)
      let model = Model(
        title: exhibit.title, facts: facts(of: exhibit),
        training: exhibit.training.map { FactModel(name: $0.name, value: $0.value) },
        hasTraining: !exhibit.training.isEmpty,
        leftOut: exhibit.unknownClasses.isEmpty ? nil : exhibit.unknownClasses.joined(separator: ", "),
        accuracyGap: exhibit.accuracy.gap,
        classes: classes(of: exhibit, on: page, in: site), hasAccuracy: exhibit.accuracy.value != nil,
        units: units.map { LinkModel(url: page.link(to: site.address(of: $0)), text: site.heading(of: $0)) },
        hasUnits: !units.isEmpty, works: Array(works.prefix(Paging.usual)), hasWorks: !works.isEmpty,
        moreURL: works.count > Paging.usual ? page.link(to: .folder("classes")) : nil,
        previous: index > 0 ? link(models[index - 1]) : nil,
        next: index + 1 < models.count ? link(models[index + 1]) : nil)
      return SitePage(
        address: page, title: exhibit.title, kind: "model",
        description: "\(exhibit.title): \(exhibit.architecture), \(exhibit.labels.count) classes.",
        body: try templates.page(template, model), crumbs: [("Models", Address.folder("models"))])
    }
  }

  private static func facts(of exhibit: ModelExhibit) -> [FactModel] {
    var facts = [
      FactModel(name: "Architecture", value: exhibit.architecture),
      FactModel(name: "Input", value: "\(exhibit.inputSize) × \(exhibit.inputSize) pixels, three colours"),
      FactModel(name: "Output", value: "\(exhibit.labels.count) classes"),
      FactModel(name: "Parameters", value: Format.count(exhibit.parameterCount)),
    ]
    if let accuracy = exhibit.accuracy.value, let top1 = accuracy.top1 {
      facts.append(
        FactModel(
          name: "Right on the references",
          value: "\(Format.percent(top1)) of \(Format.count(accuracy.count)) pictures in the first guess"))
    }
    facts.append(FactModel(name: "Weights", value: "sha256 " + exhibit.weightsHash))
    return facts
  }

  private static func classes(of exhibit: ModelExhibit, on page: Address, in site: SiteContext) -> [Model
    .ClassRow]
  {
    let results = Dictionary(
      (exhibit.accuracy.value?.classes ?? []).map { ($0.classIndex, $0) },
      uniquingKeysWith: { first, _ in first })
    let homes = Dictionary(
      site.collection.classes.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    return exhibit.labels.enumerated().map { index, label in
      let result = results[index].flatMap { $0.count > 0 ? $0 : nil }
      let home = homes[label]
      return Model.ClassRow(
        label: label, url: home.map { page.link(to: site.address(of: $0)) },
        result: result.map { "\($0.correct) of \($0.count)" },
        bar: result.map { Int((100 * Double($0.correct) / Double($0.count)).rounded()) } ?? 0)
    }
  }

  /// One picture of each class.
  private static func works(of exhibit: ModelExhibit, on page: Address, in site: SiteContext) -> [WorkModel] {
    site.collection.classes.compactMap { home in
      guard let work = OverviewPage.shown(home.works.filter { $0.model == exhibit.name }) else { return nil }
      var model = site.work(work, on: page, home: site.address(of: home))
      model.title = home.label
      return model
    }
  }
}
