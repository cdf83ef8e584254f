/// What a page loads before its visitor scrolls stays within its budget.
struct SizeCheck {
  /// The most that a page may load: markup, style sheets, scripts and the pictures that aren't lazy.
  static let pageBudget = 1_000_000
  /// The most that the style sheets and the scripts of an exhibition's page may have, each kind together.
  static let assetBudget = 20_000
  /// The same of a study's page, which is loaded once for many screens.
  static let studyBudget = 34_000

  /// The bytes of a file of the site.
  let size: (String) -> Int?

  /// Every fault, with its file; each set of style sheets or scripts that pages load together once.
  func faults(of pages: [(address: Address, survey: PageSurvey)]) -> [(file: String, fault: PageFault)] {
    var faults: [(file: String, fault: PageFault)] = []
    var seen: Set<[String]> = []
    for (address, survey) in pages {
      let sets = [survey.scripts, survey.styles].map { $0.compactMap(address.resolve) }
      for names in sets where seen.insert(names).inserted {
        let bytes = total(names)
        let isStudy = names.contains { $0.hasPrefix("assets/study") }
        let budget = isStudy ? Self.studyBudget : Self.assetBudget
        guard bytes > budget else { continue }
        faults.append(
          (
            names.joined(separator: ", "),
            PageFault(line: nil, message: "\(bytes) bytes; at most \(budget) load quickly")
          ))
      }
      // What participants judge are untouched pixels, whatever they weigh.
      let pictures = Set(survey.eager.compactMap(address.resolve)).filter { !$0.contains("/stimuli/") }
      let bytes = survey.size + sets.reduce(0) { $0 + total($1) } + total(pictures)
      if bytes > Self.pageBudget {
        let message =
          "\(bytes) bytes load before anyone scrolls, \(survey.size) of them markup and \(total(pictures)) pictures; "
          + "at most \(Self.pageBudget)"
        faults.append((address.path, PageFault(line: nil, message: message)))
      }
    }
    return faults
  }

  private func total(_ names: some Sequence<String>) -> Int { names.reduce(0) { $0 + (size($1) ?? 0) } }
}
