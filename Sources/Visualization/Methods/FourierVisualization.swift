import Foundation
public import Models
import NeuralNetwork
import Tensor

/// Feature visualization in a decorrelated Fourier basis (Olah, Mordvintsev & Schubert, "Feature Visualization",
/// Distill 2017): the spectrum of a picture is changed until random parts of it excite the target.
///
/// Three published forms, by `variant`:
/// - `vital-baseline`, the default: what VITAL compares itself with, "MACO without the fixed magnitude" (its
///   supplement, A.1): Adam at rate 1, uniform noise of ±0.1, parts of side N(0.25, 0.1), at the network's input
///   size. What the supplement leaves open follows Horama.
/// - `horama`: that library's code: NAdam at rate 1, 1000 steps, six parts a step of side U(0.25, 0.30), noise
///   N(0, 0.05) + U(±0.025), frequencies scaled by f^−1.5, the spectrum and the picture standardized, a sigmoid to
///   ±2.5, given to the network as it is. Horama's picture has 1280 pixels a side; `size` says how many here.
/// - `lucid`: the original code: Adam at rate 0.05, 512 steps, frequencies scaled by 1/f; padding, jitter, scale,
///   rotation and jitter, whose pixels belong to inputs of 224 and go in proportion for others (ours).
///
/// The activation is that before the softmax, averaged over positions and parts.
public struct FourierVisualization: Method {
  /// The complete settings.
  public let settings: Settings
  let model: Model

  /// Fourier visualization for a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    let name = Self.description.name
    var variant = Variant.vitalBaseline
    if case .text(let word) = overrides["variant"], let known = Variant(rawValue: word) { variant = known }
    settings = try Setting.resolve(overrides, by: Self.schema(for: model, variant: variant), method: name)
    if variant != .lucid { try settings.checkRandomParts(method: name) }
    self.model = model
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let recorder = Recorder(steps: settings.count("steps"), snapshots: request.snapshots)
    var random = RandomSource(seed: request.seed, label: "fourier")
    let ascent = try Ascent(
      parts(target, start: request.start, random: &random), model: model.graph, target: target,
      options: .init(precision: request.precision, threads: request.threads))
    return try ascent.visualize(recorder, random: &random, progress: progress)
  }

  /// The parts of the loop for a target.
  func parts(_ target: ResolvedTarget, start: [Float]?, random: inout RandomSource) throws -> Ascent.Parts {
    let shape = self.shape
    let spectrum: FourierSpectrum
    if let start {
      let expected = model.inputShape.total
      guard shape.total == expected else {
        throw VisualizationError.unsupported(
          method: Self.description.name,
          reason: "a starting picture needs size \(model.input.size), the input's")
      }
      spectrum = FourierSpectrum(
        shape: shape, recipe: recipe, start: space.picture(fromUnit: start, area: shape.area))
    } else {
      spectrum = FourierSpectrum(shape: shape, recipe: recipe, random: &random)
    }
    return parts(of: spectrum, ActivationObjective(target, in: model.graph, batch: copies))
  }

  /// The parts of the loop for any spectra, one or several, and what is wanted of them.
  func parts(of spectra: any Parameterization, _ objective: any Objective) -> Ascent.Parts {
    let count = spectra.parameters.count
    let optimizer: any Optimizer =
      settings.text("optimizer") == "nadam" ? NAdam(count: count) : Adam(count: count)
    return Ascent.Parts(
      method: Self.description.name, parameterization: spectra, space: space,
      transforms: isLucid
        ? lucidTransforms(size: shape.width) : settings.randomParts(inputSize: model.input.size),
      objective: objective, optimizer: optimizer, schedule: .constant,
      rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }

  private var isLucid: Bool { settings.text("variant") == Variant.lucid.rawValue }

  /// Extents of a picture.
  var shape: BatchShape {
    model.inputShape.resized(height: settings.count("size"), width: settings.count("size"))
  }

  /// How many parts of a picture the network sees in each step.
  var copies: Int { isLucid ? 1 : settings.count("crops") }

  /// The space in which pictures are meant.
  var space: PictureSpace {
    isLucid ? .unit : .normalized(mean: model.input.mean, deviation: model.input.deviation)
  }

  /// How a spectrum becomes a picture.
  var recipe: FourierSpectrum.Recipe {
    let bound = isLucid ? 0...1 : -2.5...Float(2.5)
    return FourierSpectrum.Recipe(
      decay: settings.number("decay"), isStandardized: !isLucid, gain: isLucid ? 0.25 : 1,
      initialDeviation: isLucid ? 0.01 : 1,
      range: [ClosedRange<Float>](repeating: bound, count: shape.channels))
  }

  private func lucidTransforms(size: Int) -> [any Transform] {
    let channels = model.inputShape.channels
    let black = [Float](repeating: 0, count: channels)
    let angles = (-10...10).map(Double.init) + [Double](repeating: 0, count: 5)
    return [
      Pad(border: settings.count("padding"), fill: [Float](repeating: 0.5, count: channels)),
      CropJitter(margin: settings.count("jitter")),
      RandomScale(factors: (0...10).map { 1 + Double($0 - 5) / 50 }, fill: black),
      RandomRotation(angles: .choice(angles), fill: black),
      CropJitter(margin: settings.count("second_jitter")),
      CenterCrop(height: model.input.size, width: model.input.size, fill: black),
      Normalize(mean: model.input.mean, deviation: model.input.deviation),
    ]
  }
}
