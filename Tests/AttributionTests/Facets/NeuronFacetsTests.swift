import Models
import Tensor
import Testing
import Visualization

@testable import Attribution

@Suite struct NeuronFacetsTests {
  /// Rows around some far corners, a third as many around each further one.
  private func rows(corners: Int, each: Int = 12, spread: Float = 0.05) -> [Float] {
    var random = RandomSource(seed: 3)
    return (0..<corners).flatMap { corner in
      (0..<each - 2 * corner).flatMap { _ in
        (0..<6).map { ($0 == corner ? 1 : 0) + spread * random.normal() }
      }
    }
  }

  @Test("The silhouette finds as many groups as there are", arguments: 2...4) func numberOfGroups(
    _ corners: Int
  ) {
    let found = NeuronFacets.group(rows(corners: corners), columns: 6, .init(), 1)
    #expect(found.facets.count == corners)
    #expect(found.silhouettes.count == 4 && (found.silhouettes.max() ?? 0) > 0.8)
    #expect(found.facets.map(\.members.count) == (0..<corners).map { 12 - 2 * $0 })
    #expect(found.explained > 0.9)
    // Each patch is in one group.
    #expect(found.facets.flatMap(\.members).sorted() == Array(0..<(rows(corners: corners).count / 6)))
  }

  @Test func oneCloudIsOneFacet() {
    var random = RandomSource(seed: 4)
    let cloud = (0..<6 * 60).map { _ in random.normal() }
    var strict = NeuronFacets.Settings()
    strict.least = 0.3
    let found = NeuronFacets.group(cloud, columns: 6, strict, 1)
    #expect(found.facets.count == 1 && found.facets[0].members.count == 60 && found.explained == 0)
    var fixed = NeuronFacets.Settings()
    fixed.count = 3
    #expect(NeuronFacets.group(cloud, columns: 6, fixed, 1).facets.count == 3)
    #expect(NeuronFacets.group(Array(cloud.prefix(6)), columns: 6, .init(), 1).facets.count == 1)
  }

  /// By its definition, written out.
  @Test func silhouetteOfFourNumbers() {
    let silhouette = Silhouette([0, 1, 4, 6], columns: 1)
    let wanted: Double = (0.8 + 0.75 + 1.5 / 3.5 + 3.5 / 5.5) / 4
    #expect(abs(silhouette.mean([0, 0, 1, 1]) - wanted) < 1e-6)
    // One that is alone counts as 0; distances of the others: 2.5, 2 and 3.5 inside, 6, 5 and 2 outside.
    let alone: Double = (3.5 / 6 + 3.0 / 5 - 1.5 / 3.5) / 4
    #expect(abs(silhouette.mean([0, 0, 0, 1]) - alone) < 1e-6)
    #expect(silhouette.mean([0, 0, 0, 0]) == 0)
  }

  @Test(arguments: NeuronFacets.Settings.Vectors.allCases, ["resnet", "vit"])
  func patchesOfANetwork(_ vectors: NeuronFacets.Settings.Vectors, _ name: String) throws {
    let model = try name == "vit" ? TestModels.visionTransformer() : TestModels.resNet()
    var settings = NeuronFacets.Settings()
    settings.vectors = vectors
    let target = Target.channel(layer: model.stageNames[4], channel: 1)
    let find = {
      try NeuronFacets.find(
        target, in: model, patches: 9, settings: settings, seed: 2, options: .init(threads: 1),
        patch: TestModels.picture)
    }
    let found = try find()
    #expect(found.facets.flatMap(\.members).sorted() == Array(0..<9))
    #expect(try find() == found)
  }

  @Test func mistakes() throws {
    let model = try TestModels.resNet()
    let target = Target.channel(layer: "layer4", channel: 1)
    var settings = NeuronFacets.Settings()
    settings.count = 4
    #expect(throws: AttributionError.tooManyFacets(4, pictures: 3)) {
      try NeuronFacets.find(
        target, in: model, patches: 3, settings: settings, seed: 0, patch: TestModels.picture)
    }
    #expect(throws: AttributionError.noPictures("the facets of a neuron")) {
      try NeuronFacets.find(target, in: model, patches: 0, seed: 0, patch: TestModels.picture)
    }
    #expect(throws: AttributionError.nothingBelow("conv1")) {
      try NeuronFacets.find(
        .channel(layer: "conv1", channel: 1), in: model, patches: 2, seed: 0, patch: TestModels.picture)
    }
  }
}
