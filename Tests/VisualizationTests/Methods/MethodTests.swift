import Imaging
import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Visualization

/// Every method on the demo ResNet, for a few steps.
@Suite struct MethodTests {
  private static let cases: [(method: any Method.Type, overrides: Settings)] = [
    (VITAL.self, Settings(["steps": .number(4)])),
    (VITAL.self, Settings(["steps": .number(4), "matching": .text("mean-variance")])),
    (VITAL.self, Settings(["steps": .number(4), "matching": .text("histogram")])),
    (FastVITAL.self, Settings(["steps": .number(4)])),
    (FourierVisualization.self, Settings(["steps": .number(4), "crops": .number(2)])),
    (FourierVisualization.self, Settings(["steps": .number(4), "variant": .text("lucid")])),
    (
      FourierVisualization.self,
      Settings(["steps": .number(4), "variant": .text("horama"), "crops": .number(2)])
    ),
    (MACO.self, Settings(["steps": .number(4), "crops": .number(2)])),
    (MACO.self, Settings(["steps": .number(4), "crops": .number(2), "spectrum": .text("1/f")])),
    (DeepInversion.self, Settings(["coarse_steps": .number(2), "steps": .number(2), "batch": .number(2)])),
    (PlugInInversion.self, Settings(["sizes": .number(2), "steps": .number(2), "batch": .number(2)])),
    (ActivationMaximization.self, Settings(["steps": .number(4), "batch": .number(2)])),
    (ActivationMaximization.self, Settings(["steps": .number(4), "augmentations": .text("none")])),
    (
      ActivationMaximization.self,
      Settings(["steps": .number(4), "batch": .number(2), "augmentations": .text("one")])
    ),
  ]

  private func request(_ model: Model, target: Target = .classLogit(3), seed: UInt64 = 1) throws
    -> VisualizationRequest
  {
    VisualizationRequest(
      model: model, target: target, references: try Demo.references("zebra", count: 2, for: model),
      seed: seed,
      threads: 1, snapshots: 2)
  }

  @Test(arguments: cases.indices) func sameSeedSameBytes(index: Int) throws {
    let (type, overrides) = Self.cases[index]
    let model = try Demo.model()
    let method = try type.init(model: model, overrides: overrides)
    let first = try method.visualize(try request(model)) { _ in }
    let second = try method.visualize(try request(model)) { _ in }
    let other = try method.visualize(try request(model, seed: 2)) { _ in }
    #expect(first.image == second.image && first.transparency == second.transparency)
    #expect(first.image != other.image)
    #expect(first.steps == 4 && first.snapshots.map(\.step) == [2, 4])
    #expect(first.snapshots.last?.image == first.image)
    #expect(
      first.trace.map(\.step) == [1, 2, 3, 4]
        && first.trace.allSatisfy { $0.loss.isFinite && $0.probability != nil })
    #expect(first.image.pixels.allSatisfy { (0...1).contains($0) } && first.warnings.isEmpty)
    #expect(first.transparency.channels == 1 && first.transparency.pixels.max() == 1)
  }

  @Test func innerUnitsAndStartsWork() throws {
    let model = try Demo.model()
    let channels = try #require(model.graph.node(named: "layer3").map { model.graph[$0].layout.channels })
    for (type, overrides) in Self.cases {
      let method = try type.init(model: model, overrides: overrides)
      var request = try request(model, target: .channel(layer: "layer3", channel: 1))
      #expect(try method.visualize(request) { _ in }.trace.last?.probability == nil)
      request.target = .direction(layer: "layer3", weights: [Float](repeating: 1, count: channels))
      request.start = request.references[0]
      #expect(try method.visualize(request) { _ in }.steps == 4)
    }
  }

  @Test func cancellationEndsTheWork() throws {
    let model = try Demo.model()
    let method = try VITAL(model: model, overrides: Settings(["steps": .number(50)]))
    var last = 0
    let work = try request(model)
    #expect(throws: CancellationError.self) {
      _ = try method.visualize(work) { (progress) throws(CancellationError) in
        last = progress.step
        if progress.step == 2 { throw CancellationError() }
      }
    }
    #expect(last == 2)
  }

  @Test func requestsAreChecked() throws {
    let model = try Demo.model()
    let method = try VITAL(model: model, overrides: Settings())
    var request = try request(model)
    request.references = []
    #expect(throws: VisualizationError.missingReferences(method: "vital")) {
      try method.visualize(request) { _ in }
    }
    request.references = [[0, 0]]
    #expect(throws: VisualizationError.referenceSize(index: 0, count: 2, expected: model.input.count)) {
      try method.visualize(request) { _ in }
    }
    request.references = []
    request.start = [1]
    #expect(throws: VisualizationError.startSize(count: 1, expected: model.input.count)) {
      try method.visualize(request) { _ in }
    }
    request.start = nil
    request.statistics = ReferenceStatistics(weightsHash: "other", count: 1, layers: [])
    #expect(throws: VisualizationError.self) { try method.visualize(request) { _ in } }
  }

  @Test func largerPicturesThanTheInput() throws {
    let model = try Demo.model()
    let overrides = Settings(["steps": .number(2), "crops": .number(1), "size": .number(128)])
    for type in [FourierVisualization.self, MACO.self] as [any Method.Type] {
      let made = try type.init(model: model, overrides: overrides).visualize(try request(model)) { _ in }
      #expect(made.image.width == 128 && made.image.height == 128 && made.transparency.width == 128)
    }
  }

  @Test func picturesOfTheWayAtEveryHundred() throws {
    let model = try Demo.model()
    let method = try ActivationMaximization(
      model: model,
      overrides: Settings(["steps": .number(7), "batch": .number(1), "picture_every": .number(3)]))
    #expect(try method.visualize(try request(model)) { _ in }.snapshots.map(\.step) == [3, 6, 7])
    var none = try request(model)
    none.snapshots = 0
    #expect(try method.visualize(none) { _ in }.snapshots.isEmpty)
  }

  @Test func magnitudesAreNeeded() throws {
    let model = try Demo.model()
    let method = try MACO(model: model, overrides: Settings(["steps": .number(1)]))
    var request = try request(model)
    request.references = []
    #expect(throws: VisualizationError.missingSpectrum(method: "maco")) {
      try method.visualize(request) { _ in }
    }
    request.magnitudes = MagnitudeSpectrum.inverseFrequency(size: 32, channels: 1)
    #expect(throws: VisualizationError.self) { try method.visualize(request) { _ in } }
    request.magnitudes = MagnitudeSpectrum.inverseFrequency(size: 32)
    #expect(try method.visualize(request) { _ in }.steps == 1)
    #expect(throws: VisualizationError.self) {
      try MagnitudeSpectrum(channels: 3, height: 4, halfWidth: 3, values: [1, 2])
    }
    #expect(throws: VisualizationError.self) {
      try MagnitudeSpectrum(channels: 1, height: 2, halfWidth: 2, values: [1, 2, -1, 0])
    }
  }

  @Test func deepInversionNeedsBatchNormalization() throws {
    let model = try Model.load(Golden.root.appendingPathComponent("content/models/demo-vit").path)
    do {
      _ = try DeepInversion(model: model)
      Issue.record("a transformer has no batch normalization")
    } catch { #expect("\(error)".contains("demo-vit has no batch normalization")) }
  }

  @Test func notANumberNamesTheStep() throws {
    let model = try Demo.model()
    let method = try VITAL(model: model, overrides: Settings())
    var request = try request(model)
    request.start = [Float](repeating: .nan, count: model.input.count)
    do {
      _ = try method.visualize(request) { _ in }
      Issue.record("a picture that isn't a number must be refused")
    } catch { #expect("\(error)".contains("is not a number at step 1")) }
  }

  @Test func sharedStatisticsGiveTheSamePicture() throws {
    let model = try Demo.model()
    let method = try VITAL(model: model, overrides: Settings(["steps": .number(2)]))
    var request = try request(model)
    let direct = try method.visualize(request) { _ in }
    request.statistics = try ReferenceStatistics.measure(request.references, in: model, threads: 1)
    request.references = []
    #expect(try method.visualize(request) { _ in }.image == direct.image)
  }
}
