import Models
import NeuralNetwork
import Testing

@testable import Attribution

@Suite struct ConceptBankTests {
  private func settings(_ count: Int) -> ConceptBank.Settings {
    var settings = ConceptBank.Settings()
    settings.count = count
    settings.patches = 3
    return settings
  }

  @Test func findsDirections() throws {
    let model = try TestModels.resNet()
    var stages: [AttributionProgress.Stage] = []
    let bank = try ConceptBank.find(
      in: model, class: 1, pictures: 6, seed: 4, settings: settings(4), picture: TestModels.picture
    ) { if stages.last != $0.stage { stages.append($0.stage) } }
    #expect(stages == [.looking, .factorizing, .weighing])
    #expect(bank.layer == "layer4" && bank.classIndex == 1 && bank.patchCount == 6 * 16)
    #expect(bank.concepts.count == 4)
    #expect(bank.explained > 0.9 && bank.explained <= 1)
    #expect(zip(bank.concepts, bank.concepts.dropFirst()).allSatisfy { $0.totalIndex >= $1.totalIndex })
    #expect(abs(bank.concepts.reduce(0) { $0 + $1.importance } - 1) < 1e-9)
    for concept in bank.concepts {
      #expect(concept.direction.count == 64 && concept.direction.allSatisfy { $0 >= 0 })
      #expect(abs(concept.direction.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
      #expect(
        concept.patches.count <= 3 && Set(concept.patches.map(\.picture)).count == concept.patches.count)
      #expect(zip(concept.patches, concept.patches.dropFirst()).allSatisfy { $0.score >= $1.score })
    }
  }

  /// With a linear classifier and masks that scale amounts, the score is a weighted sum of the masks, and total indices
  /// are each term's part of the variance, but for the design's few points.
  @Test func importanceOfALinearScore() throws {
    let model = try TestModels.resNet()
    var many = settings(3)
    many.designs = 2048
    let bank = try ConceptBank.find(
      in: model, class: 2, pictures: 1, seed: 4, settings: many, picture: TestModels.picture)
    #expect(abs(bank.concepts.reduce(0) { $0 + $1.totalIndex } - 1) < 0.05)
  }

  @Test func sameSeedSameConcepts() throws {
    let model = try TestModels.resNet()
    let banks = try [1, 1, 2].map { seed in
      try ConceptBank.find(
        in: model, class: 1, pictures: 3, seed: seed, settings: settings(3), picture: TestModels.picture)
    }
    #expect(banks[0] == banks[1] && banks[0] != banks[2])
  }

  /// Tokens have both signs: the error names the layer and what to do instead.
  @Test func refusesNegativeFeatures() throws {
    let model = try TestModels.visionTransformer()
    let error = #expect(throws: AttributionError.self) {
      try ConceptBank.find(
        in: model, class: 1, pictures: 3, seed: 1, settings: settings(3), picture: TestModels.picture)
    }
    guard case .negativeFeatures("tiny-vit", "encoder.class_token", "vision-transformer", let least) = error
    else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(least < 0)
    #expect(error?.description.contains("a vision transformer's tokens have both signs") == true)
  }

  @Test func refusesTooManyAndNone() throws {
    let model = try TestModels.resNet()
    #expect(throws: AttributionError.tooManyDirections(17, most: 16)) {
      try ConceptBank.find(
        in: model, class: 1, pictures: 1, seed: 1, settings: settings(17), picture: TestModels.picture)
    }
    #expect(throws: AttributionError.tooManyDirections(0, most: 16)) {
      try ConceptBank.find(
        in: model, class: 1, pictures: 1, seed: 1, settings: settings(0), picture: TestModels.picture)
    }
    #expect(throws: AttributionError.noPictures("the concepts of a class")) {
      try ConceptBank.find(
        in: model, class: 1, pictures: 0, seed: 1, settings: settings(3), picture: TestModels.picture)
    }
  }
}
