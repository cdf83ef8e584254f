import Foundation

@testable import Exhibition

/// A folder with copies of the demo's network and made-up references, whose files a test may change.
final class PlanPlace {
  let place: Workplace
  var path: String { place.path }
  var store: Store { Store(folder: path + "/store") }

  static let demo = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "content/models/demo-resnet"
    )
    .path

  /// Two classes and two methods.
  static let base = """
    models: net
    references: references
    classes: [mushroom, tiger]
    methods: [{name: vital, settings: {steps: 5}}, {name: fourier, settings: {steps: 3}}]

    """

  init(models: [String] = ["net"]) throws {
    place = try Workplace()
    try place.folders("models")
    for model in models {
      try FileManager.default.copyItem(atPath: Self.demo, toPath: path + "/models/\(model)")
    }
    // A plan takes digests of pictures and never looks into them.
    for name in ["mushroom", "tiger"] {
      for number in 0..<3 { try place.file("references/\(name)/\(number).jpg", "\(name) \(number)") }
    }
  }

  func exhibition(_ text: String) throws -> Exhibition {
    try Exhibition.parse(text, path: path + "/exhibition.yaml")
  }

  /// A plan by a planner that knows only what was kept with the store.
  func plan(_ text: String = base) throws -> Plan {
    try Planner(exhibition: exhibition(text), store: store).plan()
  }

  /// Every fault of a configuration, without the folder's name.
  func faults(_ text: String) -> [String] {
    do {
      _ = try plan(text)
      return []
    } catch {
      return Message.of(error).replacingOccurrences(of: path + "/", with: "").components(separatedBy: "\n")
    }
  }

  /// Stores a finished job's findings.
  func finish(_ job: Job, _ payload: Record.Payload) throws {
    try store.write(
      Record(
        identity: job.identity, kind: job.kind, recipe: job.recipe, command: job.command, files: [:],
        seconds: 2, created: "2026-01-31T12:00:00Z", version: "0", payload: payload), files: [:])
  }

  static func circuit(_ channels: [Int]) -> Record.Payload {
    .circuit(
      Record.Circuit(
        classIndex: 18, label: "tiger", rules: "epsilon-plus", layers: ["layer4"], pictures: 1,
        channels: channels.map {
          .init(
            address: "layer4:\($0)", layer: "layer4", channel: $0, relevance: 1, spread: 0, share: 0.1,
            patches: [])
        }, edges: [], outcomes: []))
  }

  static var concept: Record.Payload {
    .concept(
      Record.Concept(
        classIndex: 18, label: "tiger", layer: "layer4", explained: 0.9,
        directions: [.init(index: 0, importance: 1, weights: [1], patches: [])]))
  }
}
