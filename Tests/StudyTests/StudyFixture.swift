import Support

@testable import Study

/// Studies for tests, with pictures that are digests of their descriptions.
enum StudyFixture {
  static func digest(_ text: String) -> String { Digest.sha256(text) }

  static let texts = StudyTexts(
    welcome: "Ten minutes.", consent: "I agree.", instructions: "Look.", debrief: "It was about methods.")

  static func rated(_ name: String, by methods: [String], right: [String: [String]] = [:]) -> StudyItem {
    StudyItem(
      name: name, target: "class:\(name)", word: name,
      stimuli: methods.map {
        .init(method: $0, pictures: [digest("\(name) \($0)")], right: right[$0] ?? [])
      })
  }

  static func chosen(_ name: String, by methods: [String], queries: Int = 1) -> StudyItem {
    StudyItem(
      name: name, target: "layer4:\(name)",
      stimuli: methods.map {
        .init(
          method: $0, pictures: [digest("\(name) \($0) high")], opposites: [digest("\(name) \($0) low")])
      },
      queries: (0..<queries).map {
        .init(strong: digest("\(name) strong \($0)"), weak: digest("\(name) weak \($0)"))
      })
  }

  static func rating(
    items: Int, methods: Int, catches: Int = 0, repeats: Int = 0, practice: Int = 0
  ) -> StudyPart {
    let names = (0..<methods).map { "method-\($0)" }
    return StudyPart(
      name: "labels", title: "Words", question: "How well does it show the word?", task: .rating,
      arrangement: .together, methods: names, scale: .init(low: "worst", high: "best"),
      items: (0..<items).map { rated("item-\($0)", by: names) },
      catches: (0..<catches).map {
        rated("catch-\($0)", by: ["right", "wrong"], right: ["right": ["4", "5"], "wrong": ["1", "2"]])
      },
      practice: (0..<practice).map { rated("practice-\($0)", by: names) }, repeats: repeats)
  }

  static func words(items: Int, methods: Int) -> StudyPart {
    var part = rating(items: items, methods: methods)
    part.name = "words"
    part.task = .word
    part.arrangement = .rotated
    return part
  }

  static func choice(
    items: Int, methods: Int, arrangement: StudyPart.Arrangement, queries: Int = 1, catches: Int = 0,
    repeats: Int = 0
  ) -> StudyPart {
    let names = (0..<methods).map { "method-\($0)" }
    return StudyPart(
      name: "choice", title: "Which one?", question: "Which belongs to the right-hand grid?", task: .choice,
      arrangement: arrangement, methods: names, scale: .init(low: "unsure", high: "sure"),
      items: (0..<items).map { chosen("unit-\($0)", by: names, queries: queries) },
      catches: (0..<catches).map { chosen("plain-\($0)", by: ["natural"]) },
      practice: [chosen("shown", by: ["natural"])], practiceMustBeRight: true, repeats: repeats)
  }

  static func definition(_ parts: [StudyPart], name: String = "words-and-pictures") -> StudyDefinition {
    StudyDefinition(
      name: name, title: "Words and pictures", seed: 7, texts: texts,
      comprehension: [
        FormQuestion(
          name: "best", text: "Which is best?",
          choices: [.init(value: "1", label: "1"), .init(value: "5", label: "5")], right: ["5"])
      ], parts: parts,
      demographics: [
        FormQuestion(
          name: "age", text: "Your age?",
          choices: ["18-34", "35-54", "55-or-more", "not-said"].map { .init(value: $0, label: $0) })
      ], exclusions: .init(catchShare: 0.75))
  }

  /// A study with all tasks.
  static let full = definition([
    rating(items: 10, methods: 4, catches: 2, repeats: 2, practice: 1), words(items: 9, methods: 3),
    choice(items: 8, methods: 2, arrangement: .rotated, catches: 1, repeats: 1),
  ])

  /// The identities of an event, different for each number.
  static func eventID(_ number: Int) -> String {
    let digits = digest("event \(number)")
    var text = ""
    for (index, digit) in digits.prefix(32).enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    return text
  }

  static func answer(_ trial: String, _ question: String, _ value: String, number: Int = 1) -> StudyAnswer {
    StudyAnswer(
      eventID: eventID(number), session: "00112233445566aa", trialID: trial, question: question, value: value,
      reactionMilliseconds: 1250, shownAt: "2026-11-22T09:05:01.250Z", answeredAt: "2026-11-22T09:05:02.500Z",
      awayMilliseconds: 0, viewport: "1280x720")
  }
}
