public import Study

/// The usual English texts of a study, where its author wrote none. None of them says what is expected.
public struct StudyWording: Sendable {
  private let study: Exhibition.StudyEntry

  /// The wording of a study.
  public init(_ study: Exhibition.StudyEntry) { self.study = study }

  /// What participants read.
  public var texts: StudyTexts {
    StudyTexts(
      welcome: study.texts.welcome ?? welcome, consent: study.texts.consent ?? consent,
      instructions: study.texts.instructions ?? instructions, debrief: study.texts.debrief ?? debrief,
      interface: study.texts.interface)
  }

  /// Questions about the instructions.
  public var comprehension: [FormQuestion] { study.comprehension ?? study.parts.prefix(1).map(check) }

  /// Questions about the person, in coarse bands.
  public var demographics: [FormQuestion] { study.demographics ?? Self.person }

  /// What a participant reads above a part.
  public func title(of part: Exhibition.StudyEntry.Part) -> String {
    if let title = part.title { return title }
    return switch (part.task, part.subjects) {
    case (.rating, .classes): "Pictures of a word"
    case (.rating, .units): "Pictures beside examples"
    case (.word, _): "Naming pictures"
    case (.choice, _): "Which picture belongs?"
    }
  }

  /// What is asked in each trial of a part.
  public func question(of part: Exhibition.StudyEntry.Part) -> String {
    if let question = part.question { return question }
    return switch (part.task, part.subjects) {
    case (.rating, .classes): "How well does each picture show the word?"
    case (.rating, .units): "How close is each picture to the examples?"
    case (.word, _): "What do you see in this picture? Write a word or a short phrase."
    case (.choice, _): "Which of the two pictures belongs with the group on the right, which excites it most?"
    }
  }

  /// The words at the ends of a part's scale.
  public func scale(of part: Exhibition.StudyEntry.Part) -> StudyPart.Scale {
    let usual =
      switch (part.task, part.subjects) {
      case (.rating, .classes): ("not at all", "very well")
      case (.rating, .units): ("not at all", "very close")
      case (.word, _), (.choice, _): ("guessed", "sure")
      }
    return StudyPart.Scale(low: part.low ?? usual.0, high: part.high ?? usual.1)
  }

  // MARK: Texts

  /// Minutes that the study takes, at the usual pace of each task.
  private var minutes: Int {
    let seconds = study.parts.reduce(0.0) { sum, part in
      let count = Double(part.subjects.count)
      let extra = Double(part.repeats + part.catches + part.practice)
      let own =
        switch part.task {
        case .rating: (count + extra) * (4 + 4 * Double(part.methods.count))
        case .word: (count + extra) * 15
        case .choice: (count * Double(part.methods.count) + extra) * 15
        }
      return sum + own
    }
    return max(1, Int((seconds / 60 + 1).rounded(.up)))
  }

  private var welcome: String {
    """
    Computer programs that recognize things in photographs can be asked to show what they look for. The pictures that come \
    out are strange at times. We want to know what people make of them.

    You need no knowledge of computers or of art. It takes about \(minutes) \(minutes == 1 ? "minute" : "minutes"), and you \
    can stop at any time.
    """
  }

  private var consent: String {
    """
    Taking part is voluntary. You may stop whenever you like, by closing this page; you need give no reason. What is kept \
    are your answers, the times at which you gave them and the size of your window. Your name, your address on the network \
    and your kind of browser are not kept. In the end you get a code by which your answers can be deleted later. The answers \
    are analysed for research and may be published without anything that tells who you are.
    """
  }

  private var instructions: String {
    study.parts.map { part in
      let task =
        switch (part.task, part.subjects) {
        case (.rating, .classes):
          "You see a word and \(part.methods.count) pictures. Say for each picture how well it shows the word, from 1 "
            + "(\(scale(of: part).low)) to 5 (\(scale(of: part).high))."
        case (.rating, .units):
          "You see parts of photographs that have something in common, and \(part.methods.count) other pictures. Say for "
            + "each of those how close it is to what the photographs share, from 1 (\(scale(of: part).low)) to 5 "
            + "(\(scale(of: part).high))."
        case (.word, _): "You see one picture. Write a word or a short phrase for what you see in it."
        case (.choice, _):
          "You see two groups of pictures: on the left those that excite a part of the program least, on the right those that "
            + "excite it most. Of two single pictures say which belongs with the group on the right, and how sure you are, from 1 "
            + "(\(scale(of: part).low)) to 3 (\(scale(of: part).high))."
        }
      return "**\(title(of: part)).** \(task)"
    }.joined(separator: "\n\n")
      + "\n\nThere is no right or wrong in what you find; answer by your first impression."
  }

  private var debrief: String {
    """
    The pictures were made by different methods for showing what an artificial neural network has learned. Which method made \
    which picture was hidden, so that only the pictures counted. Your answers help to find out which methods people \
    understand. Thank you.
    """
  }

  private func check(_ part: Exhibition.StudyEntry.Part) -> FormQuestion {
    let (right, others): (String, [String]) =
      switch part.task {
      case .rating:
        (
          "Say for each picture how well it fits",
          ["Choose the most beautiful picture", "Say how quickly the pictures were made"]
        )
      case .word:
        (
          "Write what I see in the picture",
          ["Say whether I like the picture", "Guess which program made the picture"]
        )
      case .choice:
        (
          "Say which of two pictures belongs with those that excite something most",
          ["Say which group is more beautiful", "Say which two pictures are the same"]
        )
      }
    // Not always the first one.
    let texts = [others[0], right, others[1]]
    let names = ["first", "second", "third"]
    return FormQuestion(
      name: "task", text: "What will you be asked to do first?",
      choices: zip(names, texts).map { .init(value: $0, label: $1) }, right: ["second"])
  }

  private static let person = [
    FormQuestion(
      name: "age", text: "How old are you?",
      choices: [
        ("18-24", "18 to 24"), ("25-34", "25 to 34"), ("35-44", "35 to 44"), ("45-54", "45 to 54"),
        ("55-64", "55 to 64"), ("65", "65 or older"), ("none", "I prefer not to say"),
      ].map { .init(value: $0.0, label: $0.1) }),
    FormQuestion(
      name: "gender", text: "What is your gender?",
      choices: [
        ("woman", "Woman"), ("man", "Man"), ("other", "Another"), ("none", "I prefer not to say"),
      ].map { .init(value: $0.0, label: $0.1) }),
  ]
}
