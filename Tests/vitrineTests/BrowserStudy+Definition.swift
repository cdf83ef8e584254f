import Foundation
import Imaging
import Study
import Support

extension BrowserStudy {
  /// Designs as they are published: rating and naming; choosing with an arm of natural pictures.
  func definition(_ design: String, resume: StudyDefinition.ResumePolicy) throws -> StudyDefinition {
    func picture(_ name: String) throws -> String {
      let digits = Array(Digest.sha256(name).utf8).map { Float($0 % 32) / 32 }
      var image = Image(width: 24, height: 24, channels: 3, filledWith: 0)
      for index in image.pixels.indices { image.pixels[index] = digits[(index / 36) % digits.count] }
      let data = try image.pngData()
      let digest = Digest.sha256(data)
      try AtomicFile.write(data, to: StudyFolder(path: folder.path + "/studies/first").picturePath(digest))
      return digest
    }
    let methods = ["vital", "maco", "fourier"]
    func rated(_ name: String, references: [String] = [], right: [String] = []) throws -> StudyItem {
      StudyItem(
        name: name, target: name, word: references.isEmpty ? name : nil, references: references,
        stimuli: try methods.map { .init(method: $0, pictures: [try picture("\(name) \($0)")], right: right) }
      )
    }
    func chosen(_ name: String) throws -> StudyItem {
      StudyItem(
        name: name, target: name,
        stimuli: try ["vital", "natural"].map { arm in
          .init(
            method: arm, pictures: try (0..<4).map { try picture("\(name) \(arm) high \($0)") },
            opposites: try (0..<4).map { try picture("\(name) \(arm) low \($0)") })
        },
        queries: try (0..<2).map {
          .init(strong: try picture("\(name) strong \($0)"), weak: try picture("\(name) weak \($0)"))
        })
    }
    var plain = try chosen("plain")
    plain.stimuli.removeFirst()
    var first = plain
    first.name = "first"
    let scale = StudyPart.Scale(low: "not at all", high: "very well")
    let choosing = StudyPart(
      name: "choosing", title: "Which one?", question: "Which belongs to the right-hand group?",
      task: .choice,
      arrangement: .crossed, methods: ["vital", "natural"], scale: scale,
      items: try ["layer3:1", "layer3:2"].map(chosen), catches: [plain], practice: [first],
      practiceMustBeRight: true, repeats: 1)
    let rating = [
      StudyPart(
        name: "words", title: "Words", question: "How well does each picture show {word}?", task: .rating,
        arrangement: .together, methods: methods, scale: scale,
        items: try ["cat", "owl", "fox"].map { try rated($0) },
        catches: [try rated("plain", right: ["5"])], practice: [try rated("first", right: ["4", "5"])],
        repeats: 1),
      StudyPart(
        name: "neurons", title: "Examples", question: "How close is each picture?", task: .rating,
        arrangement: .together, methods: methods, scale: scale,
        items: try ["layer3:1", "layer3:2"].map { unit in
          try rated(unit, references: try (0..<6).map { try picture("\(unit) patch \($0)") })
        }),
      StudyPart(
        name: "naming", title: "Naming", question: "What do you see?", task: .word, arrangement: .rotated,
        methods: methods, scale: scale, items: try ["bee", "bat", "cow"].map { try rated($0) }),
    ]
    return StudyDefinition(
      name: "first", title: "Pictures", seed: 1,
      texts: .init(
        welcome: "Welcome.", consent: "I agree.", instructions: "Look.", debrief: "It was about pictures."),
      comprehension: [
        FormQuestion(
          name: "task", text: "What will you do?",
          choices: ["look", "sleep"].map { .init(value: $0, label: $0) },
          right: ["look"])
      ], parts: design == "A" ? rating : [choosing],
      demographics: [
        FormQuestion(
          name: "age", text: "Your age?",
          choices: ["18-34", "35-54", "none"].map { .init(value: $0, label: $0) })
      ], resume: resume, completion: .init(code: "C0MPLETE"))
  }
}
