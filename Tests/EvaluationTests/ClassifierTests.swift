import Foundation
import Imaging
import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Evaluation

@Suite struct ClassifierTests {
  private func model() throws -> Model {
    try Model(
      name: "tiny", ResNet(block: .basic, blocks: [1, 1, 1, 1], width: 8, classes: 4),
      weights: HashedWeights(),
      weightsHash: "hashed", input: InputSpecification(size: 32, resize: 36),
      labels: ["zebra", "white shark", "wheel", "tennis ball"])
  }

  private func noise(_ width: Int, _ height: Int, _ seed: UInt64) -> Image {
    var random = RandomSource(seed: seed)
    return Image(
      width: width, height: height, channels: 3,
      pixels: (0..<3 * width * height).map { _ in random.uniform() })
  }

  @Test func softmaxOfAnyScores() {
    #expect(Classifier.softmax([1000, 1000]) == [0.5, 0.5])
    #expect(Classifier.softmax([-1000, 1000]) == [0, 1])
    #expect(abs(Classifier.softmax([0, log(3)])[1] - 0.75) < 1e-7)
  }

  /// Batches change nothing, whether full or not.
  @Test func batches() throws {
    let images = (0..<7).map { noise(40 + $0, 50, UInt64($0)) }
    let model = try model()
    let alone = try Classifier(model: model, batch: 1).probabilities(of: images)
    let together = try Classifier(model: model, batch: 4).probabilities(of: images)
    for (a, b) in zip(alone, together) {
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(abs(a.reduce(0, +) - 1) < 1e-9)
    }
    #expect(Set(alone.map { $0[0] }).count == 7)
  }

  @Test func topIsInOrder() throws {
    let classifier = try Classifier(model: try model())
    let top = classifier.top(3, of: [0.1, 0.4, 0.1, 0.4])
    #expect(top.map(\.label) == ["white shark", "tennis ball", "zebra"])
    #expect(classifier.top(9, of: [0.1, 0.2, 0.3, 0.4]).count == 4)
  }

  /// A judged file says what its 8-bit pixels say, uncropped; not what the unrounded picture would.
  @Test func judgesTheFile() throws {
    let path = FileManager.default.temporaryDirectory.path + "/vitrine-judge-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let image = noise(32, 32, 3)
    try image.writePNG(to: path)
    let classifier = try Classifier(model: try model())
    let judgement = try #require(try Judgement.of(path, by: [classifier], count: 2).first)
    let direct = try classifier.probabilities(count: 1) { _ in image.quantized().pixels }[0]
    #expect(judgement.probabilities == direct)
    #expect(judgement.model == "tiny" && judgement.predictions == classifier.top(2, of: direct))
    #expect(try classifier.judge(image).probabilities == direct)
    #expect(judgement.rank(of: judgement.predictions[0].classIndex) == 1)
    #expect(Set((0..<4).map { judgement.rank(of: $0) }) == [1, 2, 3, 4])
    #expect(throws: ImageError.self) { try Judgement.of(path + "x", by: [classifier]) }
  }
}
