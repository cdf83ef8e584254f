import Exhibition

/// All attacks on one picture, side by side.
enum AttackComparisonPage: PageKind {
  static let template = "pages/attacks"

  struct Model: PageModel {
    var title: String
    var source: String
    var target: String
    var aim: String
    var model: String
    var modelURL: String
    var clean: PictureModel?
    var before: String?
    var attacks: [Attack]
    var others: [LinkModel]
    var hasOthers: Bool
    var compareURL: String?

    static let meanings: [String: String] = [
      "title": "what the example is called in the exhibition",
      "source": "the class that the clean picture shows",
      "target": "the class that attacks go towards",
      "aim":
        "what the network is to call the picture: the target, or `anything but` the source if no attack has a target",
      "model": "the title of the attacked network",
      "modelURL": "that network's page",
      "clean": "the picture before any attack, 320 pixels a side at most; missing if no attack was made",
      "before":
        "how probable source and target are to the attacked network in that one, in words; missing if no attack was made",
      "attacks": "the attacks, in the exhibition's order",
      "others": "the other networks that were asked, by their titles",
      "hasOthers": "whether others were asked",
      "compareURL":
        "the compare page with the clean picture and the first three changed ones chosen; missing without two pictures",
    ]

    struct Attack: PageModel {
      var url: String
      var title: String
      var gap: String?
      var made: Made?

      static let meanings: [String: String] = [
        "url": "the attack's own page",
        "title": "the attack's title",
        "gap": "why it made no picture, in a sentence; missing if it made one",
        "made": "what it made; missing if there is no picture",
      ]
    }

    struct Made: PageModel {
      var success: Bool
      var adversarial: PictureModel
      var difference: PictureModel
      var amplification: String
      var says: String
      var certainty: String
      var source: String
      var target: String
      var largest: String
      var length: String
      var similarity: String
      var steps: String
      var transfers: [Transfer]

      static let meanings: [String: String] = [
        "success": "whether the network does what the attack is after",
        "adversarial": "the picture after the attack, 320 pixels a side at most",
        "difference": "what was changed, amplified, 320 pixels a side at most; grey where nothing was",
        "amplification": "how the difference is shown: `amplified 15 times`, say, or `not amplified`",
        "says": "the attacked network's first guess at the changed picture",
        "certainty": "how probable that guess is to it, such as `98 %`",
        "source": "how probable the source is to it after the attack, such as `0.4 %`",
        "target": "how probable the target is to it after the attack",
        "largest": "the largest change of a pixel (L∞) in 8-bit levels, such as `8`",
        "length": "the length of the whole change (L2) for pixels from 0 to 1, to three significant digits",
        "similarity":
          "the structural similarity (SSIM) to the clean picture, such as `0.987`; 1 is the same picture",
        "steps": "how many steps it took, such as `1,000`",
        "transfers": "what each of `others` says of the changed picture, in their order",
      ]
    }

    struct Transfer: PageModel {
      var says: String?
      var certainty: String?
      var isHit: Bool

      static let meanings: [String: String] = [
        "says": "that network's first guess; missing if it wasn't asked about this attack",
        "certainty": "how probable the guess is to it, such as `98 %`; missing likewise",
        "isHit": "whether it does what the attack is after as well",
      ]
    }
  }

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    try site.collection.attacks.filter { $0.trials.count > 1 }.map { exhibit in
      let page = site.address(of: exhibit)
      let owner = site.collection.model(exhibit.model)?.title ?? exhibit.model
      return SitePage(
        address: page, title: exhibit.title, kind: "attacks",
        description:
          "\(exhibit.sourceLabel) changed so that \(owner) calls it \(exhibit.aim), by several attacks.",
        body: try templates.page(template, model(exhibit, owner: owner, on: page, in: site)),
        crumbs: [("Adversarial", Address.folder("adversarial"))])
    }
  }

  private static func model(
    _ exhibit: AttackExhibit, owner: String, on page: Address, in site: SiteContext
  ) -> Model {
    let first = exhibit.trials.lazy.compactMap(\.finding.value).first
    let others = site.collection.models.filter { other in
      exhibit.trials.contains { $0.transfers.contains { $0.model == other.name } }
    }
    let pictures = exhibit.trials.compactMap {
      $0.finding.value.flatMap { $0.picture($0.attack.adversarial) }
    }
    let compared = [first.flatMap { $0.picture($0.attack.clean) }].compactMap { $0 } + pictures.prefix(3)
    let names = compared.map(site.media.name)
    return Model(
      title: exhibit.title, source: exhibit.sourceLabel, target: exhibit.targetLabel, aim: exhibit.aim,
      model: owner,
      modelURL: page.link(to: .folder("models", Slug.make(exhibit.model))),
      clean: first.flatMap { $0.picture($0.attack.clean) }.map {
        site.picture(
          $0, alt: "Natural picture of \(exhibit.sourceLabel), untouched", on: page, size: .card,
          isFirst: true)
      },
      before: first.map {
        "\(exhibit.sourceLabel) \(Format.percent($0.attack.sourceBefore)), \(exhibit.targetLabel) \(Format.percent($0.attack.targetBefore))"
      },
      attacks: exhibit.trials.enumerated().map { index, trial in
        Model.Attack(
          url: page.link(to: site.address(of: trial, in: exhibit)), title: trial.title,
          gap: trial.finding.gap,
          made: trial.finding.value.flatMap {
            made($0, trial, exhibit, others: others.map(\.name), isFirst: index < 3, on: page, in: site)
          })
      },
      others: others.map { LinkModel(url: page.link(to: site.address(of: $0)), text: $0.title) },
      hasOthers: !others.isEmpty,
      compareURL: compared.count > 1 ? site.compareURL(names, on: page) : nil)
  }

  private static func made(
    _ made: AttackTrial.Made, _ trial: AttackTrial, _ exhibit: AttackExhibit, others: [String],
    isFirst: Bool, on page: Address, in site: SiteContext
  ) -> Model.Made? {
    let attack = made.attack
    guard let changed = made.picture(attack.adversarial), let difference = made.picture(attack.difference)
    else { return nil }
    return Model.Made(
      success: attack.success,
      adversarial: site.picture(
        changed, alt: "\(exhibit.sourceLabel) changed by \(trial.title)", on: page, size: .card,
        isFirst: isFirst),
      difference: site.picture(
        difference, alt: "What \(trial.title) changed, amplified; grey where nothing changed", on: page,
        size: .card),
      amplification: AttackPage.amplification(attack),
      says: attack.after.first?.label ?? "nothing",
      certainty: Format.percent(attack.after.first?.probability ?? 0),
      source: Format.percent(attack.sourceAfter), target: Format.percent(attack.targetAfter),
      largest: Format.decimal(attack.maximum * 255, 0), length: Format.significant(attack.euclidean),
      similarity: Format.decimal(attack.similarity, 3), steps: Format.count(attack.steps),
      transfers: others.map { name in
        let transfer = trial.transfers.first { $0.model == name }
        return Model.Transfer(
          says: transfer?.says.label, certainty: transfer.map { Format.percent($0.says.probability) },
          isHit: transfer?.isHit ?? false)
      })
  }
}
