/// Faults of a definition, each with its place.
extension StudyDefinition {
  /// Names of forms, which parts can't have.
  private static let reserved = StudyForm.allCases.map(\.rawValue)

  /// Throws ``StudyError/definition(_:)`` with all faults.
  public func validate() throws(StudyError) {
    var faults: [String] = []
    if !EventForm.isSlug(name) {
      faults.append("name: \"\(name)\" isn't of lower-case letters, digits and single hyphens, at most 64")
    }
    for (place, text) in [("title", title), ("language", language), ("texts.consent", texts.consent)]
    where text.allSatisfy(\.isWhitespace) { faults.append("\(place): is empty") }
    if parts.isEmpty { faults.append("parts: there is none") }
    faults += Self.repeated(parts.map(\.name), "parts")
    for part in parts {
      let place = "parts.\(part.name)"
      if !EventForm.isSlug(part.name) || Self.reserved.contains(part.name) {
        faults.append(
          "\(place): the name isn't a short one in lower case, or is one of \(Self.reserved.joined(separator: ", "))"
        )
      }
      faults += part.faults(place: place)
    }
    for (place, questions) in [("comprehension", comprehension), ("demographics", demographics)] {
      faults += Self.repeated(questions.map(\.name), place)
      for question in questions { faults += question.faults(place: "\(place).\(question.name)") }
    }
    for question in comprehension where question.right.isEmpty {
      faults.append("comprehension.\(question.name): no answer is right")
    }
    faults += exclusions.faults
    for name in completion.passed where name.isEmpty || name.utf8.count > 64 {
      faults.append("completion.passed: \"\(name)\" is empty or too long")
    }
    guard faults.isEmpty else { throw .definition(faults) }
  }

  static func repeated(_ names: [String], _ place: String) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
      .map { "\(place): \"\($0)\" is there twice" }
  }
}

extension ExclusionRules {
  fileprivate var faults: [String] {
    var faults: [String] = []
    for (name, share) in [("catchShare", catchShare), ("sameValueShare", sameValueShare)] {
      if let share, !(0...1).contains(share) {
        faults.append("exclusions.\(name): \(share) isn't from 0 to 1")
      }
    }
    for (name, seconds) in [("shortestSeconds", shortestSeconds), ("longestSeconds", longestSeconds)] {
      if let seconds, !(0...1_000_000).contains(seconds) {
        faults.append("exclusions.\(name): \(seconds) isn't from 0 to 1000000")
      }
    }
    if let shortestSeconds, let longestSeconds, shortestSeconds > longestSeconds {
      faults.append("exclusions: shortestSeconds is above longestSeconds, so that nobody remains")
    }
    return faults
  }
}

extension FormQuestion {
  fileprivate func faults(place: String) -> [String] {
    var faults = StudyDefinition.repeated(choices.map(\.value), place)
    if !EventForm.isSlug(name) { faults.append("\(place): the name isn't a short one in lower case") }
    if choices.count < 2 { faults.append("\(place): there are fewer than two answers") }
    for choice in choices where choice.value.isEmpty || choice.value.utf8.count > 64 {
      faults.append("\(place): \"\(choice.value)\" is empty or longer than 64 bytes")
    }
    for value in right where !choices.contains(where: { $0.value == value }) {
      faults.append("\(place): \"\(value)\" is right but none of the answers")
    }
    return faults
  }
}

extension StudyPart {
  fileprivate func faults(place: String) -> [String] {
    var faults = StudyDefinition.repeated(methods, "\(place).methods")
    if methods.isEmpty || methods.contains(where: \.isEmpty) {
      faults.append("\(place).methods: there is none")
    }
    if items.isEmpty { faults.append("\(place).items: there is none") }
    faults += StudyDefinition.repeated((items + catches + practice).map(\.name), "\(place).items")
    let fits: Bool =
      switch task {
      case .rating: arrangement == .together
      case .word: arrangement == .rotated || arrangement == .between
      case .choice: arrangement != .together
      }
    if !fits {
      faults.append("\(place).arrangement: \(arrangement.rawValue) doesn't go with \(task.rawValue)")
    }
    // A repeat follows its original by a while: the original is in the first half, the repeat in the second.
    if repeats < 0 || repeats > items.count / 2 || (task == .word && repeats > 0) {
      faults.append(
        "\(place).repeats: from none to half of the items; none where words are written, which are remembered"
      )
    }
    if items.count > 500 { faults.append("\(place).items: there are more than 500") }
    if !catches.isEmpty, catches.count >= items.count {
      faults.append("\(place).catches: there must be fewer than items")
    }
    for kind in [TrialKind.practice, .main, .catch] {
      for item in items(of: kind) { faults += self.faults(of: item, kind, place: "\(place).\(item.name)") }
    }
    return faults
  }

  private func faults(of item: StudyItem, _ kind: TrialKind, place: String) -> [String] {
    var faults: [String] = []
    if item.name.isEmpty || item.target.isEmpty { faults.append("\(place): name or target is empty") }
    let shown = item.stimuli.map(\.method)
    if kind == .main, shown.sorted() != methods.sorted() {
      faults.append(
        "\(place): has pictures by \(shown.joined(separator: ", ")) instead of \(methods.joined(separator: ", "))"
      )
    }
    faults += StudyDefinition.repeated(shown, place)
    if shown.isEmpty { faults.append("\(place): shows nothing") }
    if kind != .main, task != .rating, shown.count != 1 {
      faults.append("\(place): a practice or catch trial shows one method")
    }
    for stimulus in item.stimuli {
      if task != .choice, stimulus.pictures.count != 1 {
        faults.append(
          "\(place): has \(stimulus.pictures.count) pictures by \(stimulus.method) instead of one")
      }
      if task == .choice, stimulus.pictures.isEmpty || stimulus.opposites.isEmpty {
        faults.append("\(place): lacks a grid by \(stimulus.method)")
      }
      if kind == .catch, task != .choice, stimulus.right.isEmpty {
        faults.append("\(place): a catch trial lacks the right answers for \(stimulus.method)")
      }
      if task == .rating, !stimulus.right.allSatisfy(AssignedQuestion.ratings.contains) {
        faults.append("\(place): right ratings are from 1 to 5")
      }
    }
    if task == .choice {
      // The same queries beside several methods would give the answer away.
      let needed = kind == .main && arrangement == .crossed ? methods.count : 1
      if item.queries.count < needed { faults.append("\(place): needs \(needed) pairs of queries or more") }
      if item.queries.contains(where: { $0.strong == $0.weak }) {
        faults.append("\(place): a pair of queries is twice the same picture")
      }
    }
    let digests =
      item.references + item.stimuli.flatMap { $0.pictures + $0.opposites }
      + item.queries.flatMap { [$0.strong, $0.weak] }
    if let digest = digests.first(where: { !EventForm.isDigest($0) }) {
      faults.append("\(place): \"\(digest.prefix(80))\" is no SHA-256")
    }
    return faults
  }
}
