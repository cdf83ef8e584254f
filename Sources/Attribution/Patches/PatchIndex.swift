/// What a search has found for every unit: the patches that excite it most, the pictures in which nothing does, and how
/// its activations are distributed. A picture counts with its best patch throughout.
///
/// Made by ``PatchIndexCache``, once for all units of a layer.
public struct PatchIndex: Sendable, Equatable {
  /// What was looked for, see ``PatchQuestion/text(_:)``.
  let question: String
  /// The pictures' names, in their order.
  let names: [String]
  /// The groups' names.
  let groups: [String]
  /// Which group each picture belongs to.
  let members: [Int]
  /// How many patches a picture has.
  let perPicture: Int
  /// What is known of the pictures that the search has done with, the first ones.
  var records: [PictureRecord] = []
  var tally: PatchTally

  /// Nothing is found yet.
  init(_ question: PatchQuestion, text: String, _ list: PictureList, units: Int, perPicture: Int) {
    self.question = text
    names = list.items.map(\.name)
    (groups, members) = list.groups
    self.perPicture = perPicture
    tally = PatchTally(
      units: units, kept: min(question.kept, list.count), lowest: min(question.lowest, list.count),
      bins: question.bins, groups: groups.count)
  }

  init(
    question: String, names: [String], groups: [String], members: [Int], perPicture: Int,
    records: [PictureRecord], tally: PatchTally
  ) {
    self.question = question
    self.names = names
    self.groups = groups
    self.members = members
    self.perPicture = perPicture
    self.records = records
    self.tally = tally
  }

  /// Whether the search has come to its end.
  var isWhole: Bool { records.count == names.count }

  /// How many pictures were looked at; the skipped ones don't count.
  public var searched: Int { tally.count }

  /// How many units there are.
  public var units: Int { tally.units.count }

  /// How much memory it takes, about.
  public var bytes: Int {
    tally.units.reduce(200 * names.count + 8 * tally.groupSums.count) {
      $0 + 12 * ($1.best.places.count + $1.lowest.places.count) + 8 * $1.histogram.counts.count
    }
  }

  /// Pictures that couldn't be read.
  public var skipped: [SkippedPicture] {
    zip(names, records).compactMap { name, record in
      record.fault.map { SkippedPicture(name: name, reason: $0) }
    }
  }

  /// The patches that excite a unit most, best first, each of another picture; of equal ones the earlier picture's.
  public func best(_ unit: Int, _ count: Int = .max) -> [PatchPlace] {
    Array(tally.units[unit].best.sorted.prefix(count))
  }

  /// The pictures that excite a unit least, each with its best patch, least first: what is low in the histogram. (By their
  /// worst patches all pictures are alike: nearly each has one that leaves a channel after a ReLU at 0.)
  public func lowest(_ unit: Int, _ count: Int = .max) -> [PatchPlace] {
    tally.units[unit].lowest.sorted.prefix(count).map {
      // Adding 0 turns −0 into 0.
      PatchPlace(score: -$0.score + 0, picture: $0.picture, patch: $0.patch)
    }
  }

  /// How a unit's activations are distributed over the pictures.
  public func figures(_ unit: Int) -> UnitFigures {
    let found = tally.units[unit]
    let means = groups.indices.compactMap { group -> UnitFigures.Group? in
      guard tally.groupCounts.indices.contains(group), tally.groupCounts[group] > 0 else { return nil }
      let count = tally.groupCounts[group]
      return .init(
        name: groups[group], mean: tally.groupSums[group * units + unit] / Double(count), count: count)
    }
    return UnitFigures(
      count: tally.count, mean: found.mean,
      deviation: (found.squares / Double(max(1, tally.count))).squareRoot(), histogram: found.histogram,
      groups: means.sorted { $0.mean == $1.mean ? $0.name < $1.name : $0.mean > $1.mean })
  }
}

/// How a unit's activations are distributed over pictures, each of which counts with its best patch.
public struct UnitFigures: Sendable, Equatable {
  /// How many pictures there are.
  public let count: Int
  /// The mean activation.
  public let mean: Double
  /// The standard deviation, over all of them (not estimated from a sample).
  public let deviation: Double
  /// How many activations fall into which range.
  public let histogram: ActivationHistogram
  /// The groups with their means, highest first; empty if there were too many to keep.
  public let groups: [Group]

  /// A group of pictures.
  public struct Group: Sendable, Equatable {
    /// Its name, such as the class's folder.
    public let name: String
    /// Its mean activation.
    public let mean: Double
    /// How many pictures it has.
    public let count: Int
  }
}
