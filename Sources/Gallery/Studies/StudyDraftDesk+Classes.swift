import Exhibition
import Study

/// Parts about classes: a word with pictures of it.
extension StudyDraftDesk {
  typealias Items = (main: [StudyItem], catches: [StudyItem], practice: [StudyItem])

  /// Each method's picture of a word, in one trial.
  func rating(_ names: [String], _ part: Exhibition.StudyEntry.Part) -> Items {
    let main = names.map { name in
      StudyItem(name: name, target: name, word: name, stimuli: stimuli(name, part))
    }
    let others = sideClasses(names)
    func plain(_ name: String, _ title: String, _ number: Int) -> StudyItem? {
      plainRating(name, title: "\(title) \(number + 1)", count: part.methods.count, number: number)
    }
    return (
      main,
      (0..<part.catches).compactMap { number in
        plain(others[(part.practice + number) % others.count], "catch", part.practice + number)
      },
      (0..<part.practice).compactMap { plain(others[$0 % others.count], "practice", $0) }
    )
  }

  /// One picture, whose word is to be found.
  func naming(_ names: [String], _ part: Exhibition.StudyEntry.Part) -> Items {
    let main = names.map { name in
      StudyItem(name: name, target: name, word: name, stimuli: stimuli(name, part))
    }
    let others = sideClasses(names)
    let practice = (0..<part.practice).compactMap { number -> StudyItem? in
      let name = others[number % others.count]
      let pictures = naturals(name)
      guard !pictures.isEmpty else { return nil }
      return StudyItem(
        name: "practice \(number + 1)", target: name, word: name,
        stimuli: [.init(method: "natural", pictures: [pictures[number / others.count % pictures.count]])])
    }
    return (main, [], practice)
  }

  private func stimuli(_ name: String, _ part: Exhibition.StudyEntry.Part) -> [StudyItem.Stimulus] {
    part.methods.map { method in
      .init(
        method: method,
        pictures: picture(.classNamed(name), of: name, part, method: method))
    }
  }

  /// Classes for practice and catch trials: those that no part of the study asks for, or else the part's last ones.
  private func sideClasses(_ names: [String]) -> [String] {
    let asked = entry.parts.flatMap { part -> [String] in
      if case .classes(let names) = part.subjects { names } else { [] }
    }
    let free = catalogue.exhibition.classes.map(\.name).filter { !asked.contains($0) }
    return free.isEmpty ? names.reversed() : free
  }

  /// A trial whose right answer is plain: one natural picture of the word, the others of other classes.
  private func plainRating(_ name: String, title: String, count: Int, number: Int) -> StudyItem? {
    let right = naturals(name)
    let others = catalogue.exhibition.classes.map(\.name).filter { $0 != name }
    guard !right.isEmpty else { return nil }
    guard !others.isEmpty else {
      miss("practice and catch trials, which need natural pictures of a second class")
      return nil
    }
    var stimuli = [
      StudyItem.Stimulus(
        method: "natural", pictures: [right[number % right.count]], right: ["4", "5"])
    ]
    for place in 1..<max(2, count) {
      let pictures = naturals(others[(number + place) % others.count])
      guard !pictures.isEmpty else { return nil }
      stimuli.append(
        .init(
          method: "natural-other-\(place)", pictures: [pictures[(number + place) % pictures.count]],
          right: ["1", "2"]))
    }
    return StudyItem(name: title, target: name, word: name, stimuli: stimuli)
  }
}
