/// How what a search has found lies in the file of a ``PatchIndex``.
extension BinaryWriter {
  mutating func record(_ record: PictureRecord) {
    number(Int64(record.size))
    number(Int64(record.seconds))
    count(record.nanoseconds)
    number(record.inode)
    for word in 0..<4 { number(record.digest.words[word]) }
    text(record.fault ?? "")
  }

  mutating func tally(_ tally: PatchTally) {
    count(tally.count)
    for unit in tally.units { self.unit(unit) }
    count(tally.groupCounts.count)
    for group in tally.groupCounts { count(group) }
    for sum in tally.groupSums { number(sum) }
  }

  private mutating func unit(_ unit: PatchTally.Unit) {
    number(unit.mean)
    number(unit.squares)
    number(Int32(unit.histogram.exponent))
    number(Int64(unit.histogram.first))
    count(unit.histogram.counts.count)
    for bin in unit.histogram.counts { count(bin) }
    for heap in [unit.best, unit.lowest] {
      count(heap.places.count)
      for place in heap.sorted {
        number(place.score)
        count(place.picture)
        count(place.patch)
      }
    }
  }
}

/// Reads it, and refuses what can't be: whatever is done with a tally that was read here can't go wrong.
extension BinaryReader {
  /// What every number of a tally must be within.
  struct Bounds {
    let units: Int
    let kept: Int
    let lowest: Int
    let bins: Int
    /// How many pictures were looked at or skipped.
    let pictures: Int
    /// How many patches each has.
    let patches: Int
    let groups: Int
  }

  /// Bytes of a record without its text.
  static var recordBytes: Int { 64 }
  /// Bytes of a unit of which nothing is known.
  private static var unitBytes: Int { 40 }
  /// Bins have smaller numbers, as they aren't narrower than the last digit of a number.
  private static var mostFirst: Int { 1 << 26 }

  mutating func record() throws(Fault) -> PictureRecord {
    var record = PictureRecord()
    record.size = Int(try number(Int64.self))
    record.seconds = Int(try number(Int64.self))
    record.nanoseconds = Int(try number(UInt32.self))
    record.inode = try number(UInt64.self)
    for word in 0..<4 { record.digest.words[word] = try number(UInt64.self) }
    let fault = try text()
    record.fault = fault.isEmpty ? nil : fault
    return record
  }

  mutating func tally(_ bounds: Bounds) throws(Fault) -> PatchTally {
    let count = Int(try number(UInt32.self))
    guard count <= bounds.pictures else { throw Fault(reason: "it counts more pictures than it knows") }
    guard bounds.units <= remaining / Self.unitBytes else {
      throw Fault(reason: "it claims more than it holds")
    }
    var units: [PatchTally.Unit] = []
    units.reserveCapacity(bounds.units)
    for _ in 0..<bounds.units { units.append(try unit(bounds)) }
    let groups = try self.count(ofBytes: 4)
    guard groups == 0 || groups == bounds.groups else { throw Fault(reason: "it has sums of no groups") }
    var groupCounts: [Int] = []
    for _ in 0..<groups { groupCounts.append(Int(try number(UInt32.self))) }
    // Not too many to multiply: both are counts of what is there.
    guard groups * bounds.units <= remaining / 8 else { throw Fault(reason: "it ends too early") }
    var groupSums: [Double] = []
    groupSums.reserveCapacity(groups * bounds.units)
    for _ in 0..<groups * bounds.units { groupSums.append(try finite(double())) }
    return PatchTally(count: count, units: units, groupCounts: groupCounts, groupSums: groupSums)
  }

  private mutating func unit(_ bounds: Bounds) throws(Fault) -> PatchTally.Unit {
    let mean = try finite(double())
    let squares = try finite(double())
    guard squares >= 0 else { throw Fault(reason: "a deviation in it is none") }
    let histogram = try histogram(bounds)
    return PatchTally.Unit(
      best: try heap(bounds.kept, bounds), lowest: try heap(bounds.lowest, bounds), histogram: histogram,
      mean: mean, squares: squares)
  }

  private mutating func histogram(_ bounds: Bounds) throws(Fault) -> ActivationHistogram {
    let exponent = Int(try number(Int32.self))
    let first = try number(Int64.self)
    let count = try count(ofBytes: 4)
    guard
      (ActivationHistogram.leastExponent...ActivationHistogram.greatestExponent).contains(exponent),
      first.magnitude < Self.mostFirst, count <= bounds.bins
    else { throw Fault(reason: "a histogram in it is none") }
    var counts: [Int] = []
    for _ in 0..<count { counts.append(Int(try number(UInt32.self))) }
    return ActivationHistogram(most: bounds.bins, exponent: exponent, first: Int(first), counts: counts)
  }

  private mutating func heap(_ capacity: Int, _ bounds: Bounds) throws(Fault) -> PatchHeap {
    let count = try count(ofBytes: 12)
    guard count <= capacity else { throw Fault(reason: "it keeps more patches than it says") }
    var places: [PatchPlace] = []
    places.reserveCapacity(count)
    for _ in 0..<count {
      let score = try float()
      let picture = Int(try number(UInt32.self))
      let patch = Int(try number(UInt32.self))
      guard score.isFinite, picture < bounds.pictures, patch < bounds.patches else {
        throw Fault(reason: "a patch in it is none")
      }
      places.append(PatchPlace(score: score, picture: picture, patch: patch))
    }
    return PatchHeap(capacity: capacity, places)
  }

  private func finite(_ value: Double) throws(Fault) -> Double {
    guard value.isFinite else { throw Fault(reason: "a number in it is none") }
    return value
  }
}
