import Checkpoints
import Foundation
import Imaging
import Models
import Testing

@testable import Evaluation

/// The demo's networks on its references, against what PyTorch says (tools/golden_demo.py): the whole way from JPEG to
/// logits. One thread and one network at a time, so that a busy machine isn't kept waiting at barriers.
@Suite(.serialized) struct DemoParityTests {
  struct Golden: Decodable {
    let model: String
    let references: Int
    let correct: Int
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let networks: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/Tests/Fixtures")) ?? []
    return names.filter { $0.hasPrefix("demo_logits_") && $0.hasSuffix(".json") }.sorted()
      .map { String($0.dropFirst("demo_logits_".count).dropLast(".json".count)) }
  }()

  @Test func thereAreNetworks() { #expect(Self.networks.contains("demo-resnet")) }

  @Test(arguments: networks) func logitsAndAccuracy(name: String) throws {
    let fixture = Self.root + "/Tests/Fixtures/demo_logits_\(name)"
    let golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: URL(fileURLWithPath: fixture + ".json")))
    let file = try Checkpoint(path: fixture + ".safetensors")
    let expected = try #require(file["logits"]).array()
    let model = try Model.load(Self.root + "/content/models/\(name)")
    let folder = try ImageFolder(path: Self.root + "/content/references", for: model)
    // The script goes by sorted paths.
    let classes = folder.classes.sorted { $0.name < $1.name }
    let files = classes.flatMap(\.files)
    #expect(files.count == golden.references)
    let logits = try Classifier(model: model, threads: 1, batch: 32).logits(count: files.count) {
      model.input.prepare(try Image.read(files[$0]))
    }
    let labels = model.labels.count
    #expect(expected.count == files.count * labels)
    var worst: Float = 0
    for (row, values) in logits.enumerated() {
      for (index, value) in values.enumerated() {
        worst = max(worst, abs(value - expected[row * labels + index]))
      }
    }
    let largest = expected.map { abs($0) }.max() ?? 0
    #expect(worst < 1e-4 * largest, "logits up to \(largest) differ by up to \(worst)")

    let truth = classes.flatMap { part in part.files.map { _ in part.classIndex } }
    let right = zip(logits, truth).count { values, truth in
      values.indices.max { values[$0] < values[$1] } == truth
    }
    #expect(right == golden.correct)
  }

  /// On one network: it takes a pass over all references again.
  @Test(arguments: ["demo-resnet"]) func accuracyOnTheFolder(name: String) throws {
    let golden = try JSONDecoder().decode(
      Golden.self,
      from: Data(contentsOf: URL(fileURLWithPath: Self.root + "/Tests/Fixtures/demo_logits_\(name).json")))
    let model = try Model.load(Self.root + "/content/models/\(name)")
    let folder = try ImageFolder(path: Self.root + "/content/references", for: model)
    var seen = 0
    let accuracy = try Classifier(model: model, threads: 1).accuracy(on: folder) { seen = $0 }
    #expect(seen == golden.references && accuracy.count == golden.references)
    #expect(accuracy.correct == golden.correct)
    #expect(accuracy.top5 >= accuracy.top1)
    #expect(accuracy.classes.map(\.classIndex) == Array(0..<24))
  }
}
