import Foundation
import Study

/// All screens of one assignment for browsers without scripts, in their order.
struct StudyScreens {
  private let study: StudyExhibit
  private let row: StudyPlan.Row
  private let site: SiteContext
  private let assignment: StudyAssignment
  private let words: StudyWords

  init(_ study: StudyExhibit, _ row: StudyPlan.Row, in site: SiteContext) throws {
    self.study = study
    self.row = row
    self.site = site
    assignment = try StudyAssignment(row, of: study.definition, hash: study.hash)
    words = StudyWords(study.definition.texts.interface)
  }

  var models: [StudyScreenPage.Model] {
    let trials = assignment.trials
    let screens = Dictionary(row.trials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var models: [StudyScreenPage.Model] = []
    for trial in trials {
      var model = empty(number: trial.index, count: trials.count, trial: trial.id)
      switch StudyForm(rawValue: trial.part) {
      case .consent:
        model.heading = words.consentTitle
        model.consent = HTML(Markdown.html(authored: study.definition.texts.consent))
      case .comprehension:
        model.heading = words.comprehensionTitle
        model.questions = StudyPage.questions(
          study.definition.comprehension, of: .comprehension, isAlone: true)
      case .demographics:
        model.heading = words.demographicsTitle
        model.questions = StudyPage.questions(study.definition.demographics, of: .demographics, isAlone: true)
      case nil:
        guard let screen = screens[trial.id], let shown = StudyTrialPictures(screen, of: study.definition)
        else { continue }
        fill(&model, screen, shown)
      }
      if trial.index == 2 {
        model.instructions = HTML(Markdown.html(authored: study.definition.texts.instructions))
      }
      if trial.index > 1 { model.note = note(after: trials[trial.index - 2]) }
      models.append(model)
    }
    var last = empty(number: trials.count + 1, count: trials.count, trial: "")
    last.action = (study.collect ?? "") + "/form/finish"
    last.heading = words.lastTitle
    last.isLast = true
    last.next = site.rootPath + StudyThanksPage.address(study).path
    return models + [last]
  }

  private func empty(number: Int, count: Int, trial: String) -> StudyScreenPage.Model {
    StudyScreenPage.Model(
      action: (study.collect ?? "") + "/form/answer", hash: study.hash, trialID: trial,
      next: StudyScreenPage.link(study, row: String(row.number), screen: number + 1, in: site),
      number: number, count: count,
      place: words.place.replacing("{n}", with: String(min(number, count))).replacing(
        "{m}", with: String(count)),
      title: study.title, heading: "", isSimulated: study.definition.isSimulated,
      isPractice: false, consentHash: study.definition.consentHash, questions: [],
      references: [], hasReferences: false, ratings: [], hasRatings: false, isWord: false, low: "", high: "",
      isLast: false, words: words)
  }

  private func fill(
    _ model: inout StudyScreenPage.Model, _ trial: StudyPlan.Trial, _ shown: StudyTrialPictures
  ) {
    let page = StudyScreenPage.address(study, row: String(row.number), screen: model.number)
    func picture(_ digest: String, _ alt: String) -> PictureModel? {
      study.pictures[digest].map { stored in
        let file = site.media.blindedAddress(of: stored, study: study.name, seed: study.definition.seed)
        return PictureModel(
          src: page.link(to: file), width: stored.width, height: stored.height, alt: alt, loading: "eager")
      }
    }
    func shownOnes(_ digests: [String], _ alt: String) -> [StudyScreenPage.Model.Shown] {
      digests.enumerated().compactMap { index, digest in
        picture(digest, alt.replacing("{n}", with: String(index + 1))).map { .init(picture: $0) }
      }
    }
    func letter(_ index: Int) -> String { String(UnicodeScalar(UInt8(65 + index % 26))) }
    func options(_ values: [String], _ field: String) -> [StudyScreenPage.Model.Option] {
      values.map { .init(id: "\(field)-\($0)", value: $0) }
    }
    let part = shown.part
    let number = (study.definition.parts.firstIndex { $0.name == part.name } ?? 0) + 1
    model.part = words.partOf.replacing("{n}", with: String(number))
      .replacing("{m}", with: String(study.definition.parts.count))
    model.heading = part.title
    model.word = shown.word
    model.question = part.question
    if let word = shown.word, part.question.contains("{word}") {
      model.question = part.question.replacing("{word}", with: word)
      model.word = nil
    }
    model.isPractice = trial.kind == .practice
    model.references = shownOnes(shown.item.references, words.reference)
    model.hasReferences = !model.references.isEmpty
    (model.low, model.high) = (part.scale.low, part.scale.high)
    switch part.task {
    case .rating:
      model.ratings = shown.pictures.enumerated().compactMap { index, digest in
        picture(digest, words.picture.replacing("{letter}", with: letter(index))).map {
          .init(
            letter: letter(index), field: "rating-\(index + 1)", picture: $0,
            choices: options(["1", "2", "3", "4", "5"], "rating-\(index + 1)"))
        }
      }
      model.hasRatings = !model.ratings.isEmpty
    case .word:
      model.isWord = true
      model.wordPicture = shown.pictures.first.flatMap {
        picture($0, words.picture.replacing("{letter}", with: "A"))
      }
    case .choice:
      model.choice = .init(
        most: shownOnes(shown.pictures, words.mostPicture),
        least: shownOnes(shown.opposites, words.leastPicture),
        queries: shown.queries.enumerated().compactMap { index, digest in
          picture(digest, words.picture.replacing("{letter}", with: letter(index))).map {
            .init(letter: letter(index), value: String(index + 1), id: "choice-\(index + 1)", picture: $0)
          }
        }, confidences: options(["1", "2", "3"], "confidence"))
    }
  }

  /// What would have been right in a practice trial, said on the screen after it.
  private func note(after trial: AssignedTrial) -> String? {
    guard trial.kind == .practice else { return nil }
    let right = trial.questions.filter { !$0.right.isEmpty }.map { question in
      let values = question.right.map { value in
        question.name == "choice"
          ? words.picture.replacing(
            "{letter}", with: String(UnicodeScalar(UInt8(64 + min(2, Int(value) ?? 1)))))
          : value
      }.joined(separator: " \(words.or) ")
      guard question.name == "rating", let position = question.position else { return values }
      let letter = String(UnicodeScalar(UInt8(64 + min(26, max(1, position)))))
      return "\(words.picture.replacing("{letter}", with: letter)) \(values)"
    }
    return right.isEmpty ? nil : words.before.replacing("{values}", with: right.joined(separator: "; "))
  }
}
