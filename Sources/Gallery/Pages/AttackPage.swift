import Exhibition

/// What one attack made of a picture: the clean picture, the changed one, and everything between.
enum AttackPage: PageKind {
  static let template = "pages/adversarial"

  struct Model: PageModel {
    var title: String
    var attack: String
    var summary: HTML
    var citation: String
    var link: String?
    var source: String
    var target: String
    /// What the network is to call the picture.
    var aim: String
    /// Whether the attack only leads away from the source.
    var isUntargeted: Bool
    var model: String
    var modelURL: String
    var gap: String?
    var made: Made?
    /// Other attacks on the same picture.
    var hasNeighbours: Bool
    var previous: LinkModel?
    var next: LinkModel?

    struct Made: PageModel {
      var success: Bool
      /// What the attacked network says now.
      var says: String
      var certainty: String
      var clean: PictureModel
      var adversarial: PictureModel
      var difference: PictureModel
      var amplification: String
      var sourceBefore: String
      var sourceAfter: String
      var targetBefore: String
      var targetAfter: String
      var opinions: [Opinion]
      var norms: [FactModel]
      var frames: [FrameModel]
      var hasFrames: Bool
      var lastFrame: Int
      var chart: HTML
      var points: [Point]
      var recipe: RecipeModel
      var compareURL: String
    }

    struct Opinion: PageModel {
      var before: PredictionModel
      var after: PredictionModel
    }

    struct Point: PageModel {
      var step: Int
      var source: String
      var target: String
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.attacks.flatMap { exhibit in
      try exhibit.trials.indices.map { try page(exhibit, $0, in: site, templates: templates) }
    }
  }

  private static func page(
    _ exhibit: AttackExhibit, _ index: Int, in site: SiteContext, templates: TemplateLibrary
  ) throws -> SitePage {
    let trial = exhibit.trials[index]
    let page = site.address(of: trial, in: exhibit)
    let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
    let isOne = exhibit.trials.count == 1
    let neighbour = { (index: Int) -> LinkModel? in
      guard exhibit.trials.indices.contains(index) else { return nil }
      let other = exhibit.trials[index]
      return LinkModel(url: page.link(to: site.address(of: other, in: exhibit)), text: other.title)
    }
    let model = Model(
      title: isOne ? exhibit.title : "\(exhibit.title), \(trial.title)", attack: trial.title,
      summary: HTML(Markdown.html(authored: trial.summary)), citation: trial.citation,
      link: trial.link.flatMap { $0.hasPrefix("https://") ? $0 : nil }, source: exhibit.sourceLabel,
      target: exhibit.targetLabel, aim: exhibit.aim(of: trial), isUntargeted: !trial.isTargeted, model: owner,
      modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))), gap: trial.finding.gap,
      made: trial.finding.value.flatMap { made($0, trial, exhibit, on: page, in: site) },
      hasNeighbours: !isOne, previous: neighbour(index - 1), next: neighbour(index + 1))
    let crumbs = [("Adversarial", Address.folder("adversarial"))]
    return SitePage(
      address: page, title: isOne ? exhibit.title : "\(trial.title), \(exhibit.title)", kind: "adversarial",
      description:
        "\(exhibit.sourceLabel) changed by \(trial.title) so that \(owner) calls it \(exhibit.aim(of: trial)).",
      body: try templates.page(template, model),
      crumbs: isOne ? crumbs : crumbs + [(exhibit.title, site.address(of: exhibit))])
  }

  private static func made(
    _ made: AttackTrial.Made, _ trial: AttackTrial, _ exhibit: AttackExhibit, on page: Address,
    in site: SiteContext
  ) -> Model.Made? {
    let attack = made.attack
    guard let clean = made.picture(attack.clean), let changed = made.picture(attack.adversarial),
      let difference = made.picture(attack.difference)
    else { return nil }
    let picture = { (stored: StoredPicture, alt: String) in
      site.picture(stored, alt: alt, on: page, isFirst: true)
    }
    let frames = frames(made, on: page, in: site)
    let compare = [clean, changed, difference].map(site.media.name)
    return Model.Made(
      success: attack.success, says: attack.after.first?.label ?? "nothing",
      certainty: Format.percent(attack.after.first?.probability ?? 0),
      clean: picture(clean, "Natural picture of \(exhibit.sourceLabel), untouched"),
      adversarial: picture(changed, "The same picture, changed towards \(exhibit.aim(of: trial))"),
      difference: picture(difference, "Their difference, amplified; grey where nothing changed"),
      amplification: amplification(attack),
      sourceBefore: Format.percent(attack.sourceBefore), sourceAfter: Format.percent(attack.sourceAfter),
      targetBefore: Format.percent(attack.targetBefore), targetAfter: Format.percent(attack.targetAfter),
      opinions: trial.opinions.map { opinion in
        Model.Opinion(
          before: site.predictions(
            opinion.before, model: opinion.model, intended: exhibit.sourceLabel, on: page),
          after: site.predictions(
            opinion.after, model: opinion.model, intended: trial.isTargeted ? exhibit.targetLabel : nil,
            on: page))
      },
      norms: norms(of: attack), frames: frames,
      hasFrames: frames.count > 1, lastFrame: max(0, frames.count - 1), chart: chart(attack, exhibit),
      points: attack.path.map {
        Model.Point(
          step: $0.step, source: Format.percent($0.sourceProbability),
          target: Format.percent($0.targetProbability))
      },
      recipe: RecipeModel(record: made.record),
      compareURL: site.compareURL(compare, on: page))
  }

  /// How a difference is shown: `amplified 15 times`, or `not amplified`.
  static func amplification(_ attack: Record.Adversarial) -> String {
    attack.amplification > 1 ? "amplified \(Format.decimal(attack.amplification, 0)) times" : "not amplified"
  }

  private static func norms(of attack: Record.Adversarial) -> [FactModel] {
    [
      FactModel(
        name: "Largest change (L∞)",
        value: "\(Format.decimal(attack.maximum * 255, 1)) of 255 (\(Format.significant(attack.maximum)))"),
      FactModel(name: "Length of the change (L2)", value: Format.significant(attack.euclidean)),
      FactModel(name: "Root mean square", value: Format.significant(attack.rootMeanSquare)),
      FactModel(name: "Structural similarity (SSIM)", value: Format.decimal(attack.similarity, 3)),
      FactModel(
        name: "Peak signal-to-noise ratio",
        value: attack.peakRatio.map { "\(Format.decimal($0, 1)) dB" } ?? "no change"),
      FactModel(name: "Steps", value: Format.count(attack.steps)),
    ]
  }

  private static func frames(_ made: AttackTrial.Made, on page: Address, in site: SiteContext)
    -> [FrameModel]
  {
    made.attack.path.compactMap { point in
      guard let file = point.file, let stored = made.picture(file) else { return nil }
      return FrameModel(
        picture: site.picture(stored, alt: "The picture after \(point.step) steps", on: page),
        step: point.step,
        note: "target \(Format.percent(point.targetProbability))", label: "Step \(Format.count(point.step))")
    }
  }

  private static func chart(_ attack: Record.Adversarial, _ exhibit: AttackExhibit) -> HTML {
    LineChart(
      title: "Probability over the steps",
      lines: [
        .init(name: exhibit.sourceLabel, points: attack.path.map { (Double($0.step), $0.sourceProbability) }),
        .init(name: exhibit.targetLabel, points: attack.path.map { (Double($0.step), $0.targetProbability) }),
      ], range: 0...1, isProbability: true
    ).svg
  }
}
