import Study
import Testing

@testable import Exhibition

/// `study` of a configuration.
@Suite struct ExhibitionStudyTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.folders("models/first", "models/second")
  }

  private func read(_ study: String) throws -> Exhibition {
    let classes = (1...8).map { "class \($0)" }.joined(separator: ", ")
    return try Exhibition.parse(
      "models: [first, second]\nclasses: [\(classes)]\nmethods: [fourier, activation-maximization]\n"
        + "units: [\"a:1\", \"a:2\"]\n" + study, path: place.path + "/exhibition.yaml",
      methods: MethodFacts.examples)
  }

  private func problems(_ study: String) -> [String] {
    do {
      _ = try read(study)
      return []
    } catch let error as ConfigurationError {
      return error.problems.map { "\($0.place.line):\($0.place.column): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  /// Design A shares the classes out, so that no word that is to be named was shown before.
  @Test func published() throws {
    let study = try read("study: {design: both, seed: 4}").studies[0]
    #expect(study.folder == place.path + "/studies/study" && study.seed == 4 && study.participants == 60)
    #expect(study.parts.map(\.name) == ["words", "neurons", "naming", "choosing"])
    #expect(study.parts[0].subjects == .classes((1...4).map { "class \($0)" }))
    #expect(study.parts[2].subjects == .classes((5...8).map { "class \($0)" }))
    #expect(study.parts[1].subjects == .units(["a:1", "a:2"]))
    #expect(study.parts[3].methods == ["natural", "fourier", "activation-maximization"])
    #expect(study.parts[3].arrangement == .crossed && study.parts[2].arrangement == .rotated)
    #expect(try read("study: {name: one}").studies[0].parts.count == 3)
  }

  @Test func written() throws {
    let study = try read(
      """
      study:
        name: pilot-2
        title: Look
        folder: /elsewhere/pilot
        participants: 12
        simulated: true
        resume: block
        collect: https://study.example.org/
        post_to: https://example.org/take
        texts: {consent: I agree., welcome: "Hello, *you*."}
        interface: {begin: Start}
        comprehension: []
        demographics: [{name: age, question: How old?, answers: {young: Under 40, old: Over 40}}]
        exclusions: {catches: 0.5, shortest: 60, longest: 3600, same_value: 0.9, incomplete: true}
        completion: {code: ABC, address: "https://panel.example.org/done", passed: [PROLIFIC_PID]}
        parts:
          - {task: rating, classes: 2, methods: [fourier, activation-maximization], low: bad, high: good}
          - {task: word, name: say, classes: 3, question: What is it?}
          - {task: choice, units: ["a:2"], pictures: 4, pairs: 3, practice: 1, catches: 0}
      """
    ).studies[0]
    #expect(study.name == "pilot-2" && study.folder == "/elsewhere/pilot" && study.isSimulated)
    #expect(study.resume == .block && study.collection == .at("https://study.example.org"))
    #expect(study.postAddress == "https://example.org/take")
    #expect(study.texts.consent == "I agree." && study.texts.interface == ["begin": "Start"])
    #expect(study.comprehension == [] && study.demographics?[0].choices[1].label == "Over 40")
    #expect(
      study.exclusions
        == ExclusionRules(
          catchShare: 0.5, shortestSeconds: 60, longestSeconds: 3600, sameValueShare: 0.9,
          leavesOutIncomplete: true))
    #expect(study.completion.passed == ["PROLIFIC_PID"])
    #expect(study.parts[0].subjects == .classes(["class 1", "class 2"]) && study.parts[0].low == "bad")
    // Those that no earlier part took.
    #expect(
      study.parts[1].subjects == .classes(["class 3", "class 4", "class 5"]) && study.parts[1].name == "say")
    #expect(study.parts[2].gridSeeds == [0, 1, 2, 3] && study.parts[2].pairs == 3)
    let wording = StudyWording(study)
    #expect(wording.texts.welcome == "Hello, *you*." && wording.texts.instructions.contains("two groups"))
    #expect(wording.scale(of: study.parts[0]) == .init(low: "bad", high: "good"))
  }

  static let mistakes: [(String, [String])] = [
    ("study: {nme: a}", ["5:9: unknown key \"nme\" in \"study\"; did you mean \"name\"?"]),
    (
      "study: {name: My Study}",
      [
        "5:15: \"My Study\" can't stand in addresses; write lower-case letters, digits and single hyphens, such as \"my-study\""
      ]
    ),
    (
      "study: {design: C}", ["5:17: unknown design \"C\"; it is A (rating and naming), B (choosing), or both"]
    ),
    (
      "study: {design: A, parts: [{task: word}]}",
      ["5:27: a study has either \"design\" or \"parts\"; remove one of them"]
    ),
    (
      "study: {parts: [{task: rate}]}", ["5:24: unknown \"rate\"; it is one of rating, word, choice"]
    ),
    (
      "study: {parts: [{task: word, units: [\"a:1\"]}]}",
      ["5:37: a neuron has no name that could be guessed; write \"classes\""]
    ),
    ("study: {parts: [{task: choice}]}", ["5:17: a choice is about neurons; write \"units\""]),
    (
      "study: {parts: [{task: rating, classes: [class 1, glass]}]}",
      ["5:51: \"glass\" is none of the exhibition's classes"]
    ),
    ("study: {parts: [{task: rating, classes: 9}]}", ["5:41: \"classes\" is 9; there are 8 to choose from"]),
    (
      "study: {parts: [{task: rating, methods: fourier}]}",
      ["5:17: part \"words\" compares only fourier; it needs two that made pictures of all its targets"]
    ),
    (
      "study: {parts: [{task: rating, classes: 2, catches: 2, repeats: 2, pictures: 3}]}",
      [
        "5:17: \"catches\" is 2; there must be fewer than targets (2)",
        "5:17: \"repeats\" is 2; it is at most half of the targets, and 0 where words are written",
        "5:78: \"pictures\" is for choices only; remove it",
      ]
    ),
    (
      "study: {collect: there}",
      ["5:18: \"collect\" is file, here, or the address of a collector; \"there\" is none of them"]
    ),
    (
      "study: {interface: {begn: x}}",
      ["5:21: unknown word \"begn\"; did you mean \"begin\"?; `vitrine study words` lists all"]
    ),
    (
      "study: {interface: {place: \"{n} von\"}}",
      ["5:28: \"place\" lacks {m}, where a value is put in"]
    ),
    ("study: {exclusions: {catches: 2}}", ["5:31: \"catches\" must be a number from 0 to 1"]),
    (
      "study: {language: de, parts: [{task: word, classes: 2}]}",
      [
        "5:8: the usual questions are English, and this study is in \"de\": write \"comprehension\" and \"demographics\" (an empty list for none)",
        "5:8: the usual texts are English, and this study is in \"de\": write \"texts\" with welcome, consent, instructions, debrief",
        "5:8: the usual words of buttons and messages are English, and this study is in \"de\": \"interface\" lacks \(StudyWords.english.count) (agree, agreeFirst, allSaved, anotherPerson, anotherPersonNote, …); `vitrine study words` prints all to be translated",
        "5:31: the usual wording is English, and this study is in \"de\": write \"title\", \"question\"",
      ]
    ),
  ]

  @Test(arguments: mistakes)
  func mistaken(_ yaml: String, _ expected: [String]) { #expect(problems(yaml) == expected) }
}
