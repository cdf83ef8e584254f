import Foundation
import Models
import Support
import Testing

@testable import Evaluation

/// A whole checkpoint of CLIP, its vocabulary beside it, against transformers (tools/golden_clip.py): from names to
/// probabilities.
@Suite struct ZeroShotClassifierTests {
  private struct Golden: Decodable {
    let names: [String]
    let templates: [String]
    let probabilities: [Double]
  }

  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/clip").standardized.path

  private func golden() throws -> Golden {
    try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: URL(fileURLWithPath: Self.fixtures + "/tiny.json")))
  }

  /// Templates as a user's file has them.
  private func templates(_ texts: [String]) throws -> PromptTemplates {
    let path = NSTemporaryDirectory() + "vitrine-templates-\(UUID().uuidString).txt"
    defer { unlink(path) }
    try AtomicFile.write(texts.joined(separator: "\n") + "\n", to: path)
    return try .named(path)
  }

  @Test func probabilitiesOfNames() throws {
    let golden = try golden()
    let options = ZeroShotOptions(templates: try templates(golden.templates), cache: nil)
    let classifier = try ZeroShotClassifier(
      checkpoint: Self.fixtures + "/tiny", classes: golden.names, options: options, threads: 1)
    let picture = HashedWeights.numbers("tiny", count: 3 * 16 * 16).map { ($0 + 1) / 2 }
    let found = try classifier.probabilities(count: 1) { _ in picture }
    #expect(found.count == 1 && found[0].count == golden.names.count)
    for (ours, theirs) in zip(found[0], golden.probabilities) { #expect(abs(ours - theirs) < 1e-4) }
    #expect(classifier.model.labels == golden.names)
  }

  @Test func onlyCLIPReadsTexts() throws {
    let demo = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../content/models/demo-resnet").standardized.path
    let labels = try Model.load(demo).labels
    #expect(throws: EvaluationError.noTexts(model: "demo-resnet")) {
      try ZeroShotClassifier(checkpoint: demo, classes: labels)
    }
  }
}
