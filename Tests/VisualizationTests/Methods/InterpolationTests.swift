import Models
import NeuralNetwork
import Tensor
import Testing

@testable import Visualization

/// Rows of pictures between two targets.
@Suite struct InterpolationTests {
  private static let recipe = FourierSpectrum.Recipe(
    decay: 1, isStandardized: true, gain: 1, initialDeviation: 1, range: [-2.5...2.5, -2.5...2.5, -2.5...2.5])

  private func spectra(_ count: Int, _ size: (height: Int, width: Int)) -> AlignedSpectra {
    var random = RandomSource(seed: 2)
    return AlignedSpectra(
      shape: BatchShape(count: count, channels: 3, height: size.height, width: size.width),
      recipe: Self.recipe,
      random: &random)
  }

  private func render(_ spectra: AlignedSpectra) -> [Float] {
    var pictures = [Float](repeating: .nan, count: spectra.shape.total)
    spectra.render(into: &pictures)
    return pictures
  }

  /// The pullback agrees with central differences, for own and shared parameters.
  @Test(arguments: [(8, 8), (9, 9), (8, 11), (7, 10)]) func spectraPullBack(size: (height: Int, width: Int)) {
    let spectra = spectra(2, size)
    spectra.parameters.fill(randomNumbers(spectra.parameters.count, seed: 4))
    let weights = randomNumbers(spectra.shape.total, seed: 9)
    _ = render(spectra)
    spectra.pullback(weights)
    let gradient = spectra.gradient.array
    var differences = [Float](repeating: 0, count: gradient.count)
    for index in gradient.indices {
      let kept = spectra.parameters.values[index]
      spectra.parameters.values[index] = kept + 2e-2
      let above = dot(render(spectra), weights)
      spectra.parameters.values[index] = kept - 2e-2
      differences[index] = Float((above - dot(render(spectra), weights)) / 4e-2)
      spectra.parameters.values[index] = kept
    }
    #expect(relativeDistance(gradient, differences) < 3e-3)
    let own = 2 * 2 * 3 * size.height * (size.width / 2 + 1)
    #expect(relativeDistance(Array(gradient[own...]), Array(differences[own...])) < 3e-3, "what is shared")
  }

  /// All begin alike; a shared number moves all pictures, an own one its picture alone.
  @Test func sharedParametersMoveAllPictures() {
    let spectra = spectra(3, (16, 16))
    let picture = spectra.shape.picture
    let begin = render(spectra)
    #expect(Array(begin[..<picture]) == Array(begin[picture..<2 * picture]))
    let own = 2 * 3 * 16 * 9
    #expect(spectra.parameters.array[(3 * own)...].allSatisfy { $0 == 0 })
    // The first shared frequency beside the mean.
    spectra.parameters.values[3 * own + 1] = 5
    let moved = render(spectra)
    #expect(Array(moved[..<picture]) == Array(moved[2 * picture..<3 * picture]))
    #expect(relativeDistance(moved, begin) > 1e-2)
    spectra.parameters.values[3 * own + 1] = 0
    spectra.parameters.values[own + 1] += 5
    let single = render(spectra)
    #expect(Array(single[..<picture]) == Array(begin[..<picture]))
    #expect(
      relativeDistance(Array(single[picture..<2 * picture]), Array(begin[picture..<2 * picture])) > 1e-2)
  }

  /// The loss of a row is the sum of its pictures' mixed activations, each by its share.
  @Test func sharesMixTheTargets() throws {
    let model = try Demo.model()
    let method = try FourierVisualization(model: model, overrides: Settings(["crops": .number(2)]))
    let (from, to) = try (Target.classLogit(3).resolved(in: model), Target.classLogit(8).resolved(in: model))
    var random = RandomSource(seed: 1)
    let parts = method.parts(from: from, to: to, shares: [0, 0.25, 1], random: &random)
    #expect(parts.parameterization.shape.count == 3)
    let executor = try Executor(
      graph: model.graph, batch: 6, taps: parts.objective.taps, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: randomNumbers(executor.input.count))
    try executor.forward()
    let loss = try parts.objective.evaluate(in: executor)
    let logits = executor.value(of: model.logits)
    let seed = executor.seed(of: model.logits)
    var wanted = 0.0
    for (picture, share) in [0, 0, 0.25, 0.25, 1, 1].enumerated() {
      wanted -=
        0.5 * ((1 - share) * Double(logits[24 * picture + 3]) + share * Double(logits[24 * picture + 8]))
      #expect(abs(Double(seed[24 * picture + 3]) + 0.5 * (1 - share)) < 1e-6)
      #expect(abs(Double(seed[24 * picture + 8]) + 0.5 * share) < 1e-6)
    }
    #expect(abs(loss - wanted) < 1e-4)
  }

  @Test func rowsLeadFromOneTargetToTheOther() throws {
    let model = try Demo.model()
    let method = try FourierVisualization(
      model: model, overrides: Settings(["steps": .number(40), "crops": .number(2)]))
    let request = InterpolationRequest(
      model: model, from: .channel(layer: "layer3", channel: 5), to: .classLogit(8), count: 3, seed: 1,
      threads: 1)
    var steps = 0
    let made = try method.interpolate(request) { steps = $0.step }
    #expect(steps == 40 && made.steps == 40 && made.pictures.count == 3 && made.warnings.isEmpty)
    #expect(made.trace.first?.step == 1 && made.trace.last?.step == 40)
    #expect(request.shares == [0, 0.5, 1])
    let readers = try [request.from, request.to].map { try TargetReader($0, in: model) }
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: readers.flatMap(\.taps).sorted(), gradient: false,
      options: .init(threads: 1))
    let activations = try made.pictures.map { picture in
      var values = picture.pixels
      model.input.normalize(&values)
      _ = executor.input.update(fromContentsOf: values)
      try executor.forward()
      return readers.map { $0.activation { executor.value(of: $0) } }
    }
    #expect(activations[0][0] > activations[2][0] && activations[2][1] > activations[0][1])
    #expect(try method.interpolate(request) { _ in }.pictures == made.pictures)
  }

  @Test func rowsAreCheckedAndCancelled() throws {
    let model = try Demo.model()
    let method = try FourierVisualization(
      model: model, overrides: Settings(["steps": .number(5), "crops": .number(1)]))
    for count in [-1, 0, 1, 33] {
      #expect(throws: VisualizationError.self) {
        try method.interpolate(
          InterpolationRequest(model: model, from: .classLogit(0), to: .classLogit(1), count: count)
        ) { _ in }
      }
    }
    #expect(throws: VisualizationError.classOutOfRange(99, count: 24)) {
      try method.interpolate(
        InterpolationRequest(model: model, from: .classLogit(0), to: .classLogit(99), count: 2)
      ) { _ in }
    }
    let request = InterpolationRequest(
      model: model, from: .classLogit(0), to: .classLogit(1), count: 2, threads: 1)
    #expect(throws: CancellationError.self) {
      try method.interpolate(request) { (progress) throws(CancellationError) in
        if progress.step == 2 { throw CancellationError() }
      }
    }
    // Lucid's form of the method makes rows as well.
    let lucid = try FourierVisualization(
      model: model, overrides: Settings(["variant": .text("lucid"), "steps": .number(2)]))
    #expect(try lucid.interpolate(request) { _ in }.pictures.count == 2)
  }
}
