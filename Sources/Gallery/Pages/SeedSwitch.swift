/// Which of several pictures of one target, by one method, stands in their place at each seed that a page offers.
struct SeedSwitch {
  /// The seeds to choose from; empty if there is only one.
  let seeds: [String]
  private let all: [UInt64]
  private let works: [Work]

  init(_ works: [Work]) {
    self.works = works
    all = Set(works.map(\.seed)).sorted()
    seeds = all.count > 1 ? all.map(String.init) : []
  }

  /// Whether there is a choice.
  var isWanted: Bool { !seeds.isEmpty }

  /// The seeds at which a picture is shown, separated by spaces; `nil` for one that is always shown. A method that
  /// lacks a seed shows its first picture there.
  func seeds(showing work: Work) -> String? {
    let own = works.filter {
      $0.model == work.model && $0.method == work.method && $0.target.address == work.target.address
    }.map(\.seed)
    guard let first = own.min(), Set(own).count > 1 else { return nil }
    let shown = all.filter { own.contains($0) ? $0 == work.seed : first == work.seed }
    return shown.map(String.init).joined(separator: " ")
  }
}
