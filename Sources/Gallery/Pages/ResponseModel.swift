import Exhibition

/// How natural pictures excite a unit: a drawing, its figures, and the classes that drive it.
struct ResponseModel: PageModel {
  var pictures: String
  /// How many more couldn't be read.
  var skipped: String?
  var mean: String
  var deviation: String
  var chart: HTML
  var ranges: [Range]
  var classes: [ClassRow]
  var hasClasses: Bool

  /// A bar of the drawing.
  struct Range: PageModel {
    var from: String
    var to: String
    var count: String
  }

  struct ClassRow: PageModel {
    var name: String
    /// The class's page; there may be none.
    var url: String?
    var mean: String
    var count: String
    /// From 0 to 100, for a drawing.
    var bar: Int
  }

  init(_ figures: Record.References.Figures, on page: Address, in site: SiteContext) {
    let histogram = figures.histogram
    pictures = OverviewPage.counted(figures.count, "picture")
    skipped = figures.skipped > 0 ? OverviewPage.counted(figures.skipped, "picture") : nil
    mean = Format.significant(figures.mean)
    deviation = Format.significant(figures.deviation)
    let bars = BarChart(
      title: "", start: histogram.start, width: histogram.width, counts: histogram.counts, mean: figures.mean)
    let most = histogram.counts.max() ?? 0
    let mode = histogram.counts.firstIndex(of: most) ?? 0
    chart =
      BarChart(
        title: """
          Distribution of the activation over \(pictures), from \(bars.edge(0)) to \
          \(bars.edge(histogram.counts.count)): most often between \(bars.edge(mode)) and \(bars.edge(mode + 1)) \
          (\(OverviewPage.counted(most, "picture"))), in the mean \(mean)
          """, start: histogram.start, width: histogram.width, counts: histogram.counts, mean: figures.mean
      ).svg
    ranges = histogram.counts.enumerated().map { index, count in
      Range(from: bars.edge(index), to: bars.edge(index + 1), count: Format.count(count))
    }
    let greatest = figures.classes.map(\.mean).max() ?? 0
    classes = figures.classes.map { row in
      let exhibit = site.collection.classes.first { $0.label == row.label }
      let share = greatest > 0 ? max(0, row.mean / greatest) : 0
      return ClassRow(
        name: row.label, url: exhibit.map { page.link(to: site.address(of: $0)) },
        mean: Format.significant(row.mean), count: Format.count(row.count), bar: Int((100 * share).rounded()))
    }
    hasClasses = classes.count > 1
  }
}
