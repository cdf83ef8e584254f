import Study
import Support

/// A study with each task, of pictures that are only names.
enum TrialStudy {
  /// The origin of its pages.
  static let origin = "https://study.example.org"

  static func definition(resume: StudyDefinition.ResumePolicy = .resume) -> StudyDefinition {
    let methods = ["vital", "maco", "fourier"]
    func picture(_ text: String) -> String { Digest.sha256(text) }
    func rated(_ name: String, right: [String] = []) -> StudyItem {
      StudyItem(
        name: name, target: "class:\(name)", word: name,
        stimuli: methods.map { .init(method: $0, pictures: [picture("\(name) \($0)")], right: right) })
    }
    let units = (1...4).map { number in
      StudyItem(
        name: "unit-\(number)", target: "layer4:\(number)",
        stimuli: ["vital", "natural"].map {
          .init(
            method: $0, pictures: [picture("\(number) \($0) high")],
            opposites: [picture("\(number) \($0) low")])
        }, queries: [.init(strong: picture("\(number) strong"), weak: picture("\(number) weak"))])
    }
    let scale = StudyPart.Scale(low: "worst", high: "best")
    return StudyDefinition(
      name: "trial-study", title: "Pictures", seed: 1,
      texts: .init(welcome: "Welcome.", consent: "I agree.", instructions: "Look.", debrief: "Thanks."),
      comprehension: [
        FormQuestion(
          name: "best", text: "Which is best?", choices: ["1", "5"].map { .init(value: $0, label: $0) },
          right: ["5"])
      ],
      parts: [
        StudyPart(
          name: "labels", title: "Words", question: "How well?", task: .rating, arrangement: .together,
          methods: methods, scale: scale, items: ["cat", "dog", "owl", "fox"].map { rated($0) },
          catches: [rated("plain", right: ["5"])], practice: [rated("first")], repeats: 1),
        StudyPart(
          name: "words", title: "What is it?", question: "What is it?", task: .word, arrangement: .rotated,
          methods: methods, scale: scale, items: ["bee", "bat", "cow"].map { rated($0) }),
        StudyPart(
          name: "choice", title: "Which one?", question: "Which one?", task: .choice, arrangement: .rotated,
          methods: ["vital", "natural"], scale: scale, items: units),
      ],
      demographics: [
        FormQuestion(
          name: "age", text: "Your age?",
          choices: ["18-34", "35-54", "not-said"].map { .init(value: $0, label: $0) })
      ], resume: resume,
      completion: .init(
        code: "C0MPLETE", address: "https://panel.example.org/done?cc=1", passed: ["PROLIFIC_PID"]))
  }

  /// A value for a question that is one of its answers.
  static func value(for question: AssignedQuestion, number: Int) -> String {
    switch question.values {
    case .oneOf(let values): values[number % values.count]
    case .text: "a word, \"number\" \(number)"
    }
  }
}
