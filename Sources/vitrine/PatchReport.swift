import Attribution
import Foundation
import Imaging
import Support

/// What `vitrine patches` says of a unit.
struct PatchReport: Encodable {
  struct Patch: Encodable {
    /// Its file beside the report, if there are files.
    var file: String?
    let picture: String
    let x: Int
    let y: Int
    let side: Int
    let score: Float
  }

  struct Group: Encodable {
    let name: String
    let mean: Double
    let pictures: Int
  }

  struct Histogram: Encodable {
    let start: Double
    let width: Double
    let counts: [Int]
  }

  let unit: String
  let model: String
  let searched: Int
  let skipped: Int
  let mean: Double
  let deviation: Double
  let histogram: Histogram
  let groups: [Group]
  private(set) var best: [Patch]
  private(set) var lowest: [Patch]
  private let places: (best: [PatchPlace], lowest: [PatchPlace])
  private let cutter: PatchCutter

  private enum CodingKeys: String, CodingKey {
    case unit, model, searched, skipped, mean, deviation, histogram, groups, best, lowest
  }

  init(
    unit: String, model: String, _ index: PatchIndex, _ number: Int, count: Int, _ list: PictureList,
    _ cutter: PatchCutter
  ) {
    (self.unit, self.model, self.cutter) = (unit, model, cutter)
    searched = index.searched
    skipped = index.skipped.count
    let figures = index.figures(number)
    (mean, deviation) = (figures.mean, figures.deviation)
    histogram = Histogram(
      start: figures.histogram.start, width: figures.histogram.width, counts: figures.histogram.counts)
    groups = figures.groups.map { Group(name: $0.name, mean: $0.mean, pictures: $0.count) }
    places = (index.best(number, count), index.lowest(number, count))
    func patch(_ place: PatchPlace) -> Patch {
      let box = cutter.box(place)
      return Patch(
        picture: list.items[place.picture].name, x: box.x, y: box.y, side: box.side, score: place.score)
    }
    best = places.best.map(patch)
    lowest = places.lowest.map(patch)
  }

  /// Writes the patches as PNGs, and then the report that names them, which is returned.
  func written(to folder: String) throws -> PatchReport {
    var report = self
    for (number, place) in places.best.enumerated() {
      report.best[number].file = try write(place, as: "best-\(number + 1).png", to: folder)
    }
    for (number, place) in places.lowest.enumerated() {
      report.lowest[number].file = try write(place, as: "lowest-\(number + 1).png", to: folder)
    }
    try AtomicFile.write(report.json(), to: folder + "/patches.json")
    return report
  }

  private func write(_ place: PatchPlace, as name: String, to folder: String) throws -> String {
    let png = try cutter.cut(place).crop.pngData(text: [("Software", "Vitrine"), ("Comment", unit)])
    try AtomicFile.write(png, to: "\(folder)/\(name)")
    return name
  }

  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// The report for people.
  var lines: [String] {
    var lines = ["\(unit) in \(model): \(Console.count(searched, "picture"))"]
    lines += best.map { patch in
      String(format: "%10.4g  ", patch.score)
        + "\(patch.picture) at \(patch.x), \(patch.y), \(patch.side) pixels a side"
    }
    if let low = lowest.first, let high = best.first {
      lines.append(
        String(
          format: "  mean %.4g, deviation %.4g, from %.4g to %.4g (a picture counts with its best patch)",
          mean,
          deviation, low.score, high.score))
    }
    let driving = groups.filter { !$0.name.isEmpty }.prefix(5).map {
      "\($0.name) " + String(format: "%.4g", $0.mean)
    }
    if driving.count > 1 { lines.append("  highest means: " + driving.joined(separator: ", ")) }
    return lines
  }
}
