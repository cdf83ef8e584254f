import Exhibition
import Foundation
import Study

@testable import Gallery

extension Fixture {
  /// A study with a part of each task, answered by a simulation.
  func study() throws -> StudyExhibit {
    var pictures: [String: StoredPicture] = [:]
    func use(_ name: String) throws -> String {
      let stored = try paint("study \(name)")
      pictures[stored.sha256] = stored
      return stored.sha256
    }
    let words = Array(classes.prefix(3))
    let rated = try words.map { word in
      StudyItem(
        name: word, target: word, word: word,
        stimuli: try methods.map { .init(method: $0, pictures: [try use("\(word) \($0)")]) })
    }
    let practice = StudyItem(
      name: "practice 1", target: classes[3], word: classes[3],
      stimuli: [
        .init(method: "natural", pictures: [try use("natural 1")], right: ["4", "5"]),
        .init(method: "natural-other-1", pictures: [try use("natural 2")], right: ["1", "2"]),
      ])
    let attentive = StudyItem(
      name: "catch 1", target: practice.target, word: classes[3], stimuli: practice.stimuli)
    let scale = StudyPart.Scale(low: "not at all", high: "very well")
    let arms = ["natural", "vital"]
    let chosen = try [3, 5].map { channel in
      StudyItem(
        name: "layer3:\(channel)", target: "resnet layer3:\(channel)",
        stimuli: try arms.map { arm in
          .init(
            method: arm, pictures: try (0..<4).map { try use("\(channel) \(arm) high \($0)") },
            opposites: try (0..<4).map { try use("\(channel) \(arm) low \($0)") })
        },
        queries: try (0..<2).map {
          .init(strong: try use("\(channel) strong \($0)"), weak: try use("\(channel) weak \($0)"))
        })
    }
    let definition = StudyDefinition(
      name: "first", title: "Which pictures show it best?", seed: 7, isSimulated: true,
      texts: StudyTexts(
        welcome: "You see a **word** and three pictures.", consent: "I agree.",
        instructions: "Look, and *rate*.",
        debrief: "It was about pictures."),
      comprehension: [
        FormQuestion(
          name: "task", text: "What will you do?",
          choices: [.init(value: "a", label: "Rate"), .init(value: "b", label: "Sleep")], right: ["a"])
      ],
      parts: [
        StudyPart(
          name: "words", title: "Words", question: "How well does each picture show the word?", task: .rating,
          arrangement: .together, methods: methods, scale: scale, items: rated, catches: [attentive],
          practice: [practice]),
        StudyPart(
          name: "naming", title: "Naming", question: "What do you see?", task: .word, arrangement: .rotated,
          methods: methods, scale: scale, items: rated),
        StudyPart(
          name: "choosing", title: "Choosing", question: "Which belongs to the right-hand group?",
          task: .choice,
          arrangement: .crossed, methods: arms, scale: scale, items: chosen),
      ],
      demographics: [
        FormQuestion(
          name: "age", text: "How old are you?",
          choices: [
            .init(value: "18-24", label: "18 to 24"), .init(value: "none", label: "I prefer not to say"),
          ])
      ],
      exclusions: ExclusionRules(catchShare: 0.5, leavesOutIncomplete: true))
    let plan = try StudyPlan.make(for: definition, participants: 4, seed: 7)
    return try StudyExhibit(
      definition: definition, plan: plan, pictures: pictures, collection: .here,
      analysis: analysis(definition, plan))
  }

  private func analysis(_ definition: StudyDefinition, _ plan: StudyPlan) throws -> StudyAnalysis {
    let assignments = try StudyAssignment.all(plan, of: definition)
    let taste = SimulatedTaste(definition, seed: 1)
    let events = try (0..<16).flatMap { number -> [ResponseEvent] in
      guard let assignment = assignments[1 + number % 4] else { return [] }
      var participant = SimulatedParticipant(number, of: definition, taste: taste, seed: 1)
      let name = String(format: "%016x", number + 1)
      return try participant.answers(
        assignment, session: name, start: Date(timeIntervalSince1970: 1_767_600_000)
      ).map { try assignment.event(for: $0, participant: name, place: "here") }
    }
    // Any measure will do: what was written stands on the page.
    let measure = WordMeasure(name: "equal words") { answer, word in
      .init(similarity: answer == word ? 1 : 0, matched: answer)
    }
    return StudyAnalysis(
      try StudyData(events, of: definition), rules: definition.exclusions,
      options: .init(replicates: 100), measure: measure)
  }
}
