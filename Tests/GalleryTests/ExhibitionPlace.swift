import Exhibition
import Foundation
import Support

@testable import Gallery

/// An exhibition of the demo's network with its store, from which a site is built without running the network.
final class ExhibitionPlace {
  let folder: String
  var store: Store { Store(folder: folder + "/store") }
  var output: String { folder + "/site" }

  static let content = URL(fileURLWithPath: Fixture.templates).deletingLastPathComponent()
    .appendingPathComponent("content").path

  /// Makes the folder, with a copy of the demo's network under each of these names.
  init(models: [String] = ["net"]) throws {
    folder =
      FileManager.default.temporaryDirectory.appendingPathComponent("exhibition-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder + "/models", withIntermediateDirectories: true)
    for name in models {
      try FileManager.default.copyItem(
        atPath: Self.content + "/models/demo-resnet", toPath: folder + "/models/\(name)")
    }
    for name in ["mushroom", "tiger"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/references/\(name)", withIntermediateDirectories: true)
      try write("references/\(name)/0.jpg", "a picture that nobody looks into")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  func exhibition() throws -> Exhibition { try Exhibition.read(folder + "/exhibition.yaml") }

  /// A builder as a command makes one, some time after the files were written.
  func builder(output: String? = nil) throws -> SiteBuilder {
    SiteBuilder(
      exhibition: try exhibition(), store: store, templates: [Fixture.templates],
      output: output ?? self.output,
      readAfter: FileStatus.Time(seconds: FileStatus.Time.now.seconds + 1, nanoseconds: 0))
  }

  func plan() throws -> Plan { try Planner(exhibition: exhibition(), store: store).plan() }

  func page(_ path: String) throws -> String {
    try String(contentsOfFile: output + "/" + path, encoding: .utf8)
  }

  /// Stores what a job found, with files.
  func finish(_ job: Job, _ payload: Record.Payload, files: [String: Store.NewFile] = [:]) throws {
    try store.write(
      Record(
        identity: job.identity, kind: job.kind, recipe: job.recipe, command: job.command, files: [:],
        seconds: 2, created: "2026-01-31T12:00:00Z", version: "0", payload: payload), files: files)
  }
}
