import Foundation
import Models
import Testing

@testable import Evaluation

/// The tower's embeddings have golden values of their own (`ZeroShotClassifierTests`); here is what is made of them.
@Suite struct TextSimilarityTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardized.path
  private static let checkpoint = repository + "/Tests/Fixtures/clip/tiny"

  @Test func cosinesAreThoseOfTheEmbeddings() throws {
    let texts = ["dog", "a cat", "zebra", "dog"]
    let similarity = try TextSimilarity(checkpoint: Self.checkpoint, texts: texts)
    #expect(similarity.model == "tiny")
    let reader = try CLIPReader(path: Self.checkpoint)
    let width = reader.width
    let numbers = try reader.embeddings(of: ["a photo of a dog.", "a photo of a a cat."])
    let expected = (0..<width).reduce(0.0) { $0 + Double(numbers[$1]) * Double(numbers[width + $1]) }
    let found = try #require(similarity.cosine("dog", "a cat"))
    #expect(abs(found - expected) < 1e-6 && abs(found) < 0.999)
    #expect(similarity.cosine("a cat", "dog") == found)
    #expect(abs(try #require(similarity.cosine("zebra", "zebra")) - 1) < 1e-6)
    #expect(similarity.cosine("dog", "horse") == nil)
  }

  /// What a participant writes may have more tokens than CLIP reads.
  @Test func longTextsAreCut() throws {
    let long = String(repeating: "🦓 ", count: 50)
    let similarity = try TextSimilarity(checkpoint: Self.checkpoint, texts: [long, "zebra"])
    #expect(similarity.cosine(long, "zebra").map { $0.isFinite } == true)
  }

  @Test func onlyCLIPReadsTexts() throws {
    let checkpoint = Self.repository + "/content/models/demo-resnet"
    #expect {
      try TextSimilarity(checkpoint: checkpoint, texts: ["dog"])
    } throws: {
      "\($0)".contains("reads no texts")
    }
  }
}
