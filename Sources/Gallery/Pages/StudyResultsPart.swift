import Study

/// What the results page says of one part.
struct StudyResultsPart {
  private let study: StudyExhibit
  private let page: Address
  private let site: SiteContext

  init(_ study: StudyExhibit, on page: Address, in site: SiteContext) {
    self.study = study
    self.page = page
    self.site = site
  }

  /// What the gallery calls a method.
  func title(ofMethod name: String) -> String {
    name == "natural" ? "natural pictures" : site.collection.method(name)?.title ?? name
  }

  /// A part's results; `everyone` are those with the participants who are left out.
  func model(_ part: PartAnalysis, everyone: PartAnalysis?) -> StudyResultsPage.Model.Part {
    let ends = self.ends(part)
    return StudyResultsPage.Model.Part(
      id: "part-\(part.name)", title: part.title, lead: lead(part), drawings: drawings(part),
      summary: summary(part, "Each method over all targets"), test: test(part), pairs: pairs(part),
      facts: facts(part), targets: ends, hasTargets: !ends.isEmpty, targetTable: targets(part),
      answers: answers(part),
      everyone: everyone.map { summary($0, "The same with everybody, nobody left out") })
  }

  private func lead(_ part: PartAnalysis) -> String {
    switch part.task {
    case .rating: "Ratings from 1 (worst) to 5 (best)."
    case .word:
      part.wordMeasure.map {
        "Words written for a picture, scored from 0 to 1 by their likeness to the hidden one (\($0))."
      }
        ?? "Words written for a picture; nothing was configured to score them by."
    case .choice:
      "Which of two natural pictures belongs to those that excite the neuron; guessing gives 50 %."
    }
  }

  // MARK: Drawings

  private func drawings(_ part: PartAnalysis) -> [DrawingModel] {
    switch part.task {
    case .rating:
      let stacks = "\(part.title): share of ratings of each value from 1 (lightest) to 5 (darkest), by method"
      let violins =
        "\(part.title): how ratings are spread, by method; dots are medians, lines reach from the 5 % to the 95 % quantile"
      return [
        DrawingModel(
          svg: StackChart(
            title: stacks,
            rows: part.methods.map { .init(name: title(ofMethod: $0.method), counts: $0.scores.distribution) }
          ).svg, caption: stacks),
        DrawingModel(
          svg: ViolinChart(title: violins, rows: violinRows(part), range: 1...5).svg, caption: violins),
      ]
    case .word:
      guard part.wordMeasure != nil else { return [] }
      let caption =
        "\(part.title): likeness to the hidden word, by method; dots are medians, lines reach from the 5 % to the 95 % quantile"
      return [
        DrawingModel(
          svg: ViolinChart(title: caption, rows: violinRows(part), range: 0...1).svg, caption: caption)
      ]
    case .choice:
      let caption =
        "\(part.title): share of right choices with intervals after Wilson, by method; the broken line is chance"
      let rows = part.methods.compactMap { result -> IntervalChart.Row? in
        guard let choices = result.choices, let accuracy = choices.accuracy else { return nil }
        return .init(
          name: title(ofMethod: result.method), value: accuracy,
          interval: choices.interval.value.map { min($0.low, $0.high)...max($0.low, $0.high) })
      }
      return [
        DrawingModel(
          svg: IntervalChart(title: caption, rows: rows, range: 0...1, chance: ChoiceSummary.chance).svg,
          caption: caption)
      ]
    }
  }

  private func violinRows(_ part: PartAnalysis) -> [ViolinChart.Row] {
    part.methods.map { .init(name: title(ofMethod: $0.method), summary: $0.scores) }
  }

  // MARK: Tables

  private func summary(_ part: PartAnalysis, _ caption: String) -> TableModel {
    let caption = "\(caption): \(part.title)"
    if part.task == .choice {
      return TableModel(
        caption,
        [
          "method", "choices", "right", "95 % interval", "p against chance", "confidence", "when right",
          "when wrong", "median time",
        ],
        part.methods.map { result in
          let choices = result.choices
          return (
            title(ofMethod: result.method),
            [
              Format.count(choices?.trials ?? 0), choices?.accuracy.map(Format.percent) ?? "–",
              choices?.interval.value.map { "\(Format.percent($0.low)) to \(Format.percent($0.high))" }
                ?? "–",
              choices?.participantsAgainstChance.value.map { Self.p($0.p) } ?? "–",
              number(choices?.confidence),
              number(choices?.confidenceWhenRight), number(choices?.confidenceWhenWrong),
              result.medianMilliseconds.map { Format.seconds($0 / 1000) } ?? "–",
            ]
          )
        })
    }
    let isRating = part.task == .rating
    return TableModel(
      caption,
      ["method", "answers", "median", "mean", "95 % interval of the mean", "5 %", "95 %"]
        + (isRating ? ["4 or 5"] : []) + ["over targets", "median time"],
      part.methods.map { result in
        let scores = result.scores
        return (
          title(ofMethod: result.method),
          [
            Format.count(scores.count), number(scores.median), number(scores.mean),
            interval(scores.meanInterval.value), number(scores.quantile5), number(scores.quantile95),
          ] + (isRating ? [scores.highShare.map(Format.percent) ?? "–"] : [])
            + [
              "\(number(result.overTargets.mean)) (\(interval(result.overTargets.interval.value)))",
              result.medianMilliseconds.map { Format.seconds($0 / 1000) } ?? "–",
            ]
        )
      })
  }

  private func test(_ part: PartAnalysis) -> String {
    let comparison = part.comparison
    if let test = comparison.friedman.value {
      return
        "Friedman’s test over \(OverviewPage.counted(test.participants, "participant")) who judged every method: "
        + "χ²(\(test.degrees)) = \(Format.decimal(test.chiSquare, 2)), p \(Self.sign(test.p)), "
        + "Kendall’s W = \(Format.decimal(test.concordance, 2))."
    }
    if let test = comparison.kruskalWallis.value {
      return
        "Kruskal and Wallis’ test of groups of \(test.sizes.map(String.init).joined(separator: ", ")): "
        + "H(\(test.degrees)) = \(Format.decimal(test.h, 2)), p \(Self.sign(test.p))."
    }
    let reason = comparison.friedman.reason ?? comparison.kruskalWallis.reason ?? "there is one method"
    return "No test over all methods: \(reason)."
  }

  private func pairs(_ part: PartAnalysis) -> TableModel? {
    guard !part.comparison.pairs.isEmpty else { return nil }
    return TableModel(
      "Methods in pairs: \(part.title)",
      [
        "first, second", "participants", "difference", "95 % interval", "p", "p after Holm",
        "rank-biserial correlation", "Cliff’s delta",
      ],
      part.comparison.pairs.map { pair in
        (
          "\(title(ofMethod: pair.first)), \(title(ofMethod: pair.second))",
          [
            Format.count(pair.participants), number(pair.difference), interval(pair.differenceInterval.value),
            pair.p.map(Self.p) ?? pair.wilcoxon.reason ?? "–", pair.correctedP.map(Self.p) ?? "–",
            number(pair.wilcoxon.value?.rankBiserial), number(pair.cliffsDelta.value),
          ]
        )
      })
  }

  private func facts(_ part: PartAnalysis) -> [FactModel] {
    var facts = [
      FactModel(
        name: "Krippendorff’s alpha",
        value: part.agreement.alpha.value.map { Format.decimal($0, 3) } ?? part.agreement.alpha.reason ?? "–"),
      FactModel(
        name: "ICC(2,k)",
        value: part.agreement.intraclass.value.map { Format.decimal($0.average, 3) }
          ?? part.agreement.intraclass.reason ?? "–"),
    ]
    if part.reliability.pairs > 0 {
      facts.append(
        FactModel(
          name: "Same answer twice",
          value:
            "\(part.reliability.sameShare.map(Format.percent) ?? "–") of \(OverviewPage.counted(part.reliability.pairs, "repeated answer"))"
        ))
      facts.append(
        FactModel(
          name: "Cohen’s kappa of repeats",
          value: part.reliability.kappa.value.map { Format.decimal($0, 3) } ?? part.reliability.kappa.reason
            ?? "–"
        ))
    }
    return facts
  }

  // MARK: Targets

  /// The hardest and the easiest targets with their pictures: where methods fail is a result too.
  private func ends(_ part: PartAnalysis) -> [StudyResultsPage.Model.Target] {
    let known = part.targets.filter { $0.mean != nil }
    guard let items = study.definition.parts.first(where: { $0.name == part.name })?.items else { return [] }
    let shown = known.count <= 4 ? known : Array(known.prefix(2)) + Array(known.suffix(2))
    return shown.enumerated().compactMap { index, result in
      guard let item = items.first(where: { $0.target == result.target }) else { return nil }
      let place =
        index == 0
        ? "hardest" : index == shown.count - 1 ? "easiest" : index < shown.count / 2 ? "hard" : "easy"
      return .init(
        name: result.target, note: "\(known.count > 1 ? place + ", " : "")mean \(number(result.mean))",
        pictures: item.stimuli.compactMap { stimulus in
          guard let stored = stimulus.pictures.first.flatMap({ study.pictures[$0] }) else { return nil }
          let index = part.methods.firstIndex { $0.method == stimulus.method }
          let score = index.flatMap { result.methods.indices.contains($0) ? result.methods[$0].mean : nil }
          let method = title(ofMethod: stimulus.method)
          return .init(
            picture: site.picture(stored, alt: "\(result.target) by \(method)", on: page, size: .card),
            method: method, score: number(score))
        })
    }
  }

  private func targets(_ part: PartAnalysis) -> TableModel? {
    guard !part.targets.isEmpty else { return nil }
    return TableModel(
      "All targets, the hardest first: \(part.title)",
      ["target", "mean"] + part.methods.map { title(ofMethod: $0.method) },
      part.targets.map { target in
        (target.target, [number(target.mean)] + target.methods.map { number($0.mean) })
      })
  }

  /// What was written most for each target and method.
  private func answers(_ part: PartAnalysis) -> TableModel? {
    guard !part.words.isEmpty else { return nil }
    let groups = Dictionary(grouping: part.words) { [$0.target, $0.method] }
    return TableModel(
      "What was written most: \(part.title)",
      ["hidden word", "method", "most frequent answers", "mean likeness"],
      groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, words in
        let counts = Dictionary(words.map { ($0.answer.lowercased(), 1) }, uniquingKeysWith: +)
        let most = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
          .map { "\($0.key) (\($0.value))" }
        return (
          key[0],
          [
            title(ofMethod: key[1]), most.joined(separator: ", "),
            number(Sample.mean(words.map(\.similarity))),
          ]
        )
      })
  }

  // MARK: Numbers

  private func number(_ value: Double?) -> String { value.map { Format.decimal($0, 2) } ?? "–" }

  private func interval(_ interval: Interval?) -> String {
    interval.map { "\(Format.decimal($0.low, 2)) to \(Format.decimal($0.high, 2))" } ?? "–"
  }

  private static func p(_ p: Double) -> String { p < 0.001 ? "< 0.001" : Format.decimal(p, 3) }

  private static func sign(_ p: Double) -> String { p < 0.001 ? "< 0.001" : "= \(Format.decimal(p, 3))" }
}
