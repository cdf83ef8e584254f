import Support

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
    let runs = Parallel.runs(of: pages.count)
    let loads = Parallel.map(runs.count) { run in
      // Most files are loaded by many pages.
      var known: [String: Int] = [:]
      return pages[runs[run]].map { load(of: $0.survey, at: $0.address, &known) }
    }.joined()
    var faults: [(file: String, fault: PageFault)] = []
    var seen: Set<[String]> = []
    for (page, load) in zip(pages, loads) {
      for (names, bytes) in load.sets where seen.insert(names).inserted {
        let isStudy = names.contains { $0.hasPrefix("assets/study") }
        let budget = isStudy ? Self.studyBudget : Self.assetBudget
        guard bytes > budget else { continue }
        faults.append(
          (
            names.joined(separator: ", "),
            PageFault(line: nil, message: "\(bytes) bytes; at most \(budget) load quickly")
          ))
      }
      let bytes = page.survey.size + load.sets.reduce(0) { $0 + $1.bytes } + load.pictures
      if bytes > Self.pageBudget {
        let message =
          "\(bytes) bytes load before anyone scrolls, \(page.survey.size) of them markup and \(load.pictures) pictures; "
          + "at most \(Self.pageBudget)"
        faults.append((page.address.path, PageFault(line: nil, message: message)))
      }
    }
    return faults
  }

  /// What a page loads beside its markup before its visitor scrolls.
  private struct Load {
    /// Its scripts and its style sheets.
    let sets: [(names: [String], bytes: Int)]
    /// The bytes of its pictures.
    let pictures: Int
  }

  private func load(of survey: PageSurvey, at address: Address, _ known: inout [String: Int]) -> Load {
    func total(_ names: some Sequence<String>) -> Int {
      names.reduce(0) { sum, name in
        let bytes = known[name] ?? size(name) ?? 0
        known[name] = bytes
        return sum + bytes
      }
    }
    let sets = [survey.scripts, survey.styles].map { links in
      let names = links.compactMap(address.resolve)
      return (names: names, bytes: total(names))
    }
    // What participants judge are untouched pixels, whatever they weigh.
    let pictures = Set(survey.eager.compactMap(address.resolve)).filter { !$0.contains("/stimuli/") }
    return Load(sets: sets, pictures: total(pictures))
  }
}
