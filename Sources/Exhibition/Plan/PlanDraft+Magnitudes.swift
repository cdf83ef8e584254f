import Support
import Visualization

extension PlanDraft {
  /// Most pictures that magnitudes are measured on: their mean hardly changes after some hundreds.
  private static let greatestSample = 1000

  /// Whether a method needs natural pictures of what it shows.
  func needsPictures(ofTarget method: String) -> Bool {
    guard let type = try? Methods.named(method) else { return false }
    return type.description.needsReferences && !(type is any SpectrumMethod.Type)
  }

  /// Whether a method uses the magnitudes of natural pictures, whatever they show.
  func usesMagnitudes(_ method: String) -> Bool { (try? Methods.named(method)) is any SpectrumMethod.Type }

  /// The files that a method takes its magnitudes from, and one digest of them; without files if they are 1/f. `nil`
  /// if there should be some and aren't.
  func magnitudes(
    _ method: Exhibition.MethodEntry, _ settings: [String: SettingValue]
  ) -> (hash: String?, sources: [Job.Source])? {
    guard case .text(let setting) = settings["spectrum"] else { return (nil, []) }
    switch MagnitudeSource(setting: setting) {
    case .inverseFrequency: return (nil, [])
    case .file(let name):
      let path = name.hasPrefix("/") ? name : exhibition.folder + "/" + name
      let place = method.settingPlaces["spectrum"] ?? method.place
      guard let hash = attempt(at: place, { try planner.cache.digest(of: path) }) else { return nil }
      return (hash, [Job.Source(path: path, name: name, classIndex: 0)])
    case .references:
      var sources: [Job.Source] = []
      var hashes: [String] = []
      for entry in exhibition.classes {
        guard let pictures = references(entry) else { continue }
        sources += self.sources(pictures, classIndex: 0)
        hashes.append(pictures.hash)
      }
      guard !sources.isEmpty else {
        report(
          method.place,
          "method \"\(method.name)\" measures magnitudes on reference pictures, and there are none; add "
            + "\"references\" with their folder, or set spectrum to a file of `vitrine spectrum`, or to 1/f")
        return nil
      }
      return (Digest.sha256(hashes.joined(separator: "\n")), sources.sample(Self.greatestSample))
    }
  }
}

extension Array {
  /// At most so many of the elements, evenly spaced.
  func sample(_ limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * count / limit] }
  }
}
