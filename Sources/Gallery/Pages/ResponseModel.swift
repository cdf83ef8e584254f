import Exhibition

/// How natural pictures excite a unit: a drawing, its figures, and the classes that drive it.
struct ResponseModel: SharedPageModel {
  var pictures: String
  var skipped: String?
  var mean: String
  var deviation: String
  var chart: HTML
  var ranges: [Range]
  var classes: [ClassRow]
  var hasClasses: Bool

  static let partName = "response"
  static let partPurpose = "How natural pictures excite a unit, each by its best patch."
  static let meanings: [String: String] = [
    "pictures": "how many there are, such as `1,200 pictures`",
    "skipped": "how many more couldn't be read, such as `3 pictures`; missing if all could",
    "mean": "the mean activation, to three significant digits",
    "deviation": "the standard deviation of the activations",
    "chart": "the distribution as a drawing, which tells in words what it shows",
    "ranges": "the distribution as figures: the drawing's bars, lowest activations first",
    "classes": "the classes that drive the unit, the highest mean first",
    "hasClasses": "whether there are two such classes at least",
  ]

  /// A bar of the drawing.
  struct Range: PageModel {
    var from: String
    var to: String
    var count: String

    static let meanings: [String: String] = [
      "from": "the activation at which it begins",
      "to": "the activation at which it ends",
      "count": "how many pictures are in it, such as `1,200`",
    ]
  }

  struct ClassRow: PageModel {
    var name: String
    var url: String?
    var mean: String
    var count: String
    var bar: Int

    static let meanings: [String: String] = [
      "name": "the class, as the exhibition calls it",
      "url": "the class's page; missing if it has none",
      "mean": "the mean activation by the class's pictures, to three significant digits",
      "count": "how many pictures of it there are",
      "bar": "the mean beside the greatest one, from 0 to 100, for a drawing",
    ]
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
