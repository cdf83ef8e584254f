extension PowerSimulation {
  /// The simulation as a table.
  public var table: CSVTable {
    var table = CSVTable(
      "power",
      "One row is a test in studies of a size: how often it finds a difference at a level of \(alpha), "
        + "in \(simulations) studies drawn from \(pilot) pilot participants.",
      columns: [
        ("participants", "how many a study has"),
        ("test", "`friedman`, or `pair` for Wilcoxon's with Holm's correction"),
        ("first", "the one method of a pair"), ("second", "the other"),
        ("power", "the share of studies that find it"),
        ("power_low", "lower end of its 95 % interval, for the simulation's own chance"),
        ("power_high", "upper end"),
      ])
    for size in sizes {
      func append(_ test: String, _ first: String?, _ second: String?, _ share: Share) {
        table.append([
          .count(size.participants), .text(test), .optional(first), .optional(second), .number(share.power),
          .optional(share.interval.value?.low), .optional(share.interval.value?.high),
        ])
      }
      append("friedman", nil, nil, size.friedman)
      for pair in size.pairs { append("pair", pair.first, pair.second, pair.share) }
    }
    return table
  }
}
