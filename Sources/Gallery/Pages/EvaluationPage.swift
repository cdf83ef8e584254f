import Study

import Exhibition

/// Which method's pictures networks recognize, those foremost that had no part in making them.
enum EvaluationPage: PageKind {
  static let template = "pages/evaluation"

  struct Model: PageModel {
    var hasFew: Bool
    var tables: [Table]
    var neuronTables: [NeuronTable]
    var hasNeurons: Bool
    var accuracies: [Accuracy]

    static let meanings: [String: String] = [
      "hasFew": "whether there are fewer than 20 classes, too few to measure anything by",
      "tables": "a table for each network of which pictures of classes are shown",
      "neuronTables": "the networks whose neurons are pictured, with how well each method does it",
      "hasNeurons": "whether there are such networks",
      "accuracies": "how often each network is right about natural pictures",
    ]

    /// The pictures of one network.
    struct Table: PageModel {
      var title: String
      var url: String
      var judges: [String]
      var classes: String
      var seeds: String
      var rows: [Row]

      static let meanings: [String: String] = [
        "title": "the title of the network that is pictured",
        "url": "that network's page",
        "judges": "the titles of the other networks, for the heads of columns",
        "classes": "how many classes are pictured, such as `24 classes`",
        "seeds": "how many seeds the pictures are made from, such as `3 seeds`",
        "rows": "the methods, the best first",
      ]
    }

    struct Row: PageModel {
      var method: String
      var url: String
      var independent: String
      var bar: Int
      var own: String
      var judgements: [String]
      var seconds: String

      static let meanings: [String: String] = [
        "method": "the method's title",
        "url": "the method's page",
        "independent":
          "how many of the other networks' first guesses are right, such as `63 %`; a dash if they weren't asked",
        "bar": "the same from 0 to 100, for a drawing",
        "own":
          "how many pictures the pictured network takes for their class, such as `23 of 24`; a dash if it wasn't asked",
        "judgements": "the same by each of `judges`, in their order",
        "seconds": "the mean time that a picture took, such as `3 min 05 s`",
      ]
    }

    struct Accuracy: PageModel {
      var title: String
      var url: String
      var value: String
      var isKnown: Bool

      static let meanings: [String: String] = [
        "title": "the network's title",
        "url": "the network's page",
        "value":
          "how many references it is right about in the first guess, such as `76 %`, or why that isn't known",
        "isKnown": "whether it was measured",
      ]
    }
  }

  /// Whether there is anything to compare.
  static func isWanted(in site: SiteContext) -> Bool {
    site.collection.models.count > 1 && site.collection.classes.contains { !$0.works.isEmpty }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    guard isWanted(in: site) else { return [] }
    let page = Address.folder("evaluation")
    let works = site.collection.classes.flatMap(\.works)
    let shown = site.collection.models.filter { model in works.contains { $0.model == model.name } }
    let neurons = neuronTables(on: page, in: site)
    let model = Model(
      hasFew: site.collection.classes.count < 20,
      tables: shown.map {
        table(of: $0, works.filter { [name = $0.name] in $0.model == name }, on: page, in: site)
      },
      neuronTables: neurons, hasNeurons: !neurons.isEmpty,
      accuracies: site.collection.models.map { model in
        let top1 = model.accuracy.value?.top1
        return Model.Accuracy(
          title: model.title, url: page.link(to: site.address(of: model)),
          value: top1.map(Format.percent) ?? model.accuracy.gap ?? "not measured", isKnown: top1 != nil)
      })
    return [
      SitePage(
        address: page, title: "Evaluation", kind: "evaluation",
        description: "Which method's pictures networks recognize that had no part in making them.",
        body: try templates.page(template, model))
    ]
  }

  private static func table(
    of owner: ModelExhibit, _ works: [Work], on page: Address, in site: SiteContext
  ) -> Model.Table {
    let judges = site.collection.models.filter { $0.name != owner.name }
    let rows = site.collection.methods.compactMap { method -> (least: Double?, row: Model.Row)? in
      let made = works.filter { $0.method == method.name && $0.result.value != nil }
      guard !made.isEmpty else { return nil }
      let others = judges.map { Recognition(made, by: $0.name) }
      let (right, total) = (others.reduce(0) { $0 + $1.right }, others.reduce(0) { $0 + $1.total })
      let share = total > 0 ? Double(right) / Double(total) : nil
      // One picture that everybody recognizes says less than fifty of which most are.
      let least = try? WilsonInterval.of(right, of: total).low
      let seconds = made.compactMap { $0.result.value?.record.seconds }
      let row = Model.Row(
        method: method.title, url: page.link(to: site.address(of: method)),
        independent: share.map(Format.percent) ?? "–",
        bar: Int((100 * (share ?? 0)).rounded()), own: Recognition(made, by: owner.name).text,
        judgements: others.map(\.text),
        seconds: Format.seconds(seconds.reduce(0, +) / Double(max(1, seconds.count))))
      return (least, row)
    }
    return Model.Table(
      title: owner.title, url: page.link(to: site.address(of: owner)), judges: judges.map(\.title),
      classes: OverviewPage.classes(Set(works.map { $0.target.address }).count),
      seeds: OverviewPage.counted(Set(works.map(\.seed)).count, "seed"),
      // By the lower ends of the intervals. Equal ones stay in the exhibition's order; those that nobody judged come last.
      rows: rows.enumerated().sorted {
        ($1.element.least ?? -1, $0.offset) < ($0.element.least ?? -1, $1.offset)
      }
      .map(\.element.row))
  }
}
