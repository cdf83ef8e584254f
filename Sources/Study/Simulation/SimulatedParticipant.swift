public import Foundation

/// A participant that a program plays, for rehearsals and tests. The same seed and number give the same answers.
public struct SimulatedParticipant: Sendable {
  private let definition: StudyDefinition
  private let taste: SimulatedTaste
  private let number: Int
  private var generator: SeededGenerator
  /// Whether it answers without looking, as some do.
  private let isCareless: Bool
  /// How much higher than others it rates.
  private let bias: Double
  /// After which share of the trials it goes away.
  public let staying: Double

  /// One of the participants of a simulation.
  public init(_ number: Int, of definition: StudyDefinition, taste: SimulatedTaste, seed: UInt64) {
    self.definition = definition
    self.taste = taste
    self.number = number
    generator = SeededGenerator(seed: seed, label: "participant/\(number)")
    isCareless = generator.uniform() < 0.05
    bias = 0.8 * (generator.uniform() - 0.5)
    staying = generator.uniform() < 0.06 ? generator.uniform() : 1
  }

  /// All answers of an assignment, in order, as the pages would send them. `session` is the sitting.
  public mutating func answers(_ assignment: StudyAssignment, session: String, start: Date) -> [StudyAnswer] {
    var clock = start.addingTimeInterval(Double(number) * 600)
    let last = Int((Double(assignment.trials.count) * staying).rounded(.up))
    return assignment.trials.prefix(last).flatMap { trial -> [StudyAnswer] in
      let shown = clock
      return trial.questions.compactMap { question in
        guard let value = value(question, of: trial) else { return nil }
        let milliseconds = isCareless ? 300 + generator.index(below: 400) : time()
        clock += Double(milliseconds) / 1000
        return StudyAnswer(
          eventID: identity(), session: session, trialID: trial.id, question: question.id, value: value,
          reactionMilliseconds: Int(((clock.timeIntervalSince(shown)) * 1000).rounded()),
          shownAt: Self.text(shown),
          answeredAt: Self.text(clock), awayMilliseconds: 0, viewport: "1280x800")
      }
    }
  }

  // MARK: Answers

  private mutating func value(_ question: AssignedQuestion, of trial: AssignedTrial) -> String? {
    guard case .oneOf(let values) = question.values else { return word(question, of: trial) }
    guard !values.isEmpty else { return nil }
    if trial.part == StudyForm.consent.rawValue { return values[0] }
    // Questions about the person may be left out.
    if !question.isRequired, generator.uniform() < 0.05 { return nil }
    if isCareless, trial.target != nil { return values[generator.index(below: values.count)] }
    if !question.right.isEmpty, trial.kind != .main || trial.target == nil {
      return generator.uniform() < 0.96
        ? question.right[generator.index(below: question.right.count)]
        : values[generator.index(below: values.count)]
    }
    let quality = taste.quality(of: question.method ?? "") + taste.ease(of: trial.target ?? "")
    switch question.name {
    case "rating": return String(min(5, max(1, Int((quality + bias + 1.1 * normal()).rounded()))))
    case "choice":
      let isRight = generator.uniform() < 0.5 + 0.48 * SimulatedTaste.share(quality)
      return values.first { ($0 == question.right.first) == isRight } ?? values[0]
    case "confidence":
      return String(min(3, max(1, Int((1 + 2 * SimulatedTaste.share(quality) + 0.6 * normal()).rounded()))))
    default: return values[generator.index(below: values.count)]
    }
  }

  private mutating func word(_ question: AssignedQuestion, of trial: AssignedTrial) -> String? {
    guard let part = definition.parts.first(where: { $0.name == trial.part }) else { return nil }
    let words = part.items.compactMap(\.word)
    guard let own = part.items(of: trial.kind).first(where: { $0.target == trial.target })?.word else {
      return "something"
    }
    let quality = taste.quality(of: question.method ?? "") + taste.ease(of: trial.target ?? "")
    let isSeen = !isCareless && generator.uniform() < SimulatedTaste.share(quality)
    if isSeen { return Self.writable(generator.uniform() < 0.8 ? own : "a \(own)") }
    let others = words.filter { $0 != own } + ["animal", "pattern", "plant", "texture", "face"]
    return Self.writable(others[generator.index(below: others.count)])
  }

  /// A word as a field takes it: one line, no control characters, not too long.
  private static func writable(_ word: String) -> String {
    let isPlain = { (scalar: Unicode.Scalar) in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
      default: true
      }
    }
    let scalars = word.unicodeScalars.filter(isPlain).prefix(AssignedQuestion.longestText)
    let text = String(String.UnicodeScalarView(scalars))
    return text.allSatisfy(\.isWhitespace) ? "something" : text
  }

  // MARK: Chance

  /// Milliseconds to an answer: log-normal about 2.6 seconds.
  private mutating func time() -> Int { Int(exp(7.86 + 0.45 * normal())) }

  /// Box and Muller.
  private mutating func normal() -> Double {
    (-2 * log(max(1e-300, generator.uniform()))).squareRoot() * cos(2 * .pi * generator.uniform())
  }

  private mutating func identity() -> String {
    let digits = String(format: "%016llx%016llx", generator.next(), generator.next())
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    let all = Array(digits)
    return parts.map { String(all[$0]) }.joined(separator: "-")
  }

  private static func text(_ date: Date) -> String {
    let seconds = date.timeIntervalSince1970
    let whole = Date(timeIntervalSince1970: seconds.rounded(.down))
    let milliseconds = min(999, Int((seconds - seconds.rounded(.down)) * 1000))
    let text = whole.formatted(.iso8601)
    return String(text.dropLast()) + String(format: ".%03dZ", milliseconds)
  }
}
