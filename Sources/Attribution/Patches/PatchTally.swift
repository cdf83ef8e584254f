/// What a search has found so far: for each unit its best and lowest patches, and figures of its activations. A picture
/// counts with its best patch.
///
/// The memory is that of the patches kept, whatever the number of pictures.
struct PatchTally: Equatable {
  /// What is known of one unit.
  struct Unit: Equatable {
    var best: PatchHeap
    /// With the opposite scores.
    var lowest: PatchHeap
    var histogram: ActivationHistogram
    var mean = 0.0
    /// The sum of squared differences from the mean.
    var squares = 0.0
  }

  /// How many pictures were looked at.
  private(set) var count = 0
  private(set) var units: [Unit]
  /// How many of them are of each group; empty if there are too many groups.
  private(set) var groupCounts: [Int]
  /// The sum of activations, groups × units.
  private(set) var groupSums: [Double]

  /// More sums than this aren't kept: 64 MB.
  static let mostSums = 8 << 20

  init(units: Int, kept: Int, lowest: Int, bins: Int, groups: Int) {
    let unit = Unit(
      best: PatchHeap(capacity: kept), lowest: PatchHeap(capacity: lowest),
      histogram: ActivationHistogram(most: bins))
    self.init(
      count: 0, units: Array(repeating: unit, count: units),
      groupCounts: [Int](repeating: 0, count: Self.groups(groups, units: units)),
      groupSums: [Double](repeating: 0, count: Self.groups(groups, units: units) * units))
  }

  init(count: Int, units: [Unit], groupCounts: [Int], groupSums: [Double]) {
    self.count = count
    self.units = units
    self.groupCounts = groupCounts
    self.groupSums = groupSums
  }

  /// For how many of so many groups sums are kept: all or none.
  static func groups(_ count: Int, units: Int) -> Int {
    count.multipliedReportingOverflow(by: units).overflow || count * units > mostSums ? 0 : count
  }

  /// Takes a picture in: each unit's activation by its best patch, and which patch that is.
  mutating func add(picture: Int, group: Int, scores: [Float], patches: [Int32]) {
    count += 1
    for index in units.indices {
      let score = scores[index]
      let patch = Int(patches[index])
      units[index].best.insert(PatchPlace(score: score, picture: picture, patch: patch))
      units[index].lowest.insert(PatchPlace(score: -score, picture: picture, patch: patch))
      units[index].histogram.add(score)
      // Welford's running mean: one pass, and no loss of digits.
      let difference = Double(score) - units[index].mean
      units[index].mean += difference / Double(count)
      units[index].squares += difference * (Double(score) - units[index].mean)
    }
    guard groupCounts.indices.contains(group) else { return }
    groupCounts[group] += 1
    for index in units.indices { groupSums[group * units.count + index] += Double(scores[index]) }
  }
}
