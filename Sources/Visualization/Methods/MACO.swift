import Foundation
public import Models
import NeuralNetwork
import Tensor

/// MACO (Fel et al., "Unlocking Feature Visualization for Deeper Networks with MAgnitude Constrained Optimization",
/// NeurIPS 2023): only the phases of the picture's spectrum are free, its magnitudes are the mean ones of natural
/// pictures.
///
/// The target's mean activation over random parts of the picture, with noise, is made large, before the softmax. The
/// phases are standardized, the picture is the inverse transform, standardized, coloured by the basis of Olah et al.
/// and brought to ±2.5 by a sigmoid, and given to the network as it is.
///
/// Two published forms, by `variant`:
/// - `vital-baseline`, the default: what VITAL compares itself with (its supplement, A.1): Adam at rate 1, uniform
///   noise of ±0.1, parts of side N(0.25, 0.1), at the network's input size or at 1024. What the supplement leaves open
///   follows Horama.
/// - `horama`, the authors' library: NAdam at rate 1, six parts a step of side U(0.25, 0.30), noise N(0, 0.05) +
///   U(±0.025). Horama's picture has 1280 pixels a side; `size` says how many here.
///
/// Ours: the magnitudes are measured on the references at hand, not on ImageNet's training pictures. A picture that is
/// begun from another one keeps its phases, which then aren't standardized.
public struct MACO: SpectrumMethod {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// MACO for a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    let name = Self.description.name
    var variant = Variant.vitalBaseline
    if case .text(let word) = overrides["variant"], let known = Variant(rawValue: word) { variant = known }
    settings = try Setting.resolve(overrides, by: Self.schema(for: model, variant: variant), method: name)
    try settings.checkRandomParts(method: name)
    if case .file(let path) = MagnitudeSource(setting: settings.text("spectrum")), !path.hasSuffix(".npy") {
      throw .invalidSetting(
        method: name, name: "spectrum", value: path, expected: "references, 1/f, or the path of a .npy file")
    }
    self.model = model
  }

  /// Where the magnitudes come from.
  public var magnitudeSource: MagnitudeSource { MagnitudeSource(setting: settings.text("spectrum")) }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let recorder = Recorder(steps: settings.count("steps"), snapshots: request.snapshots)
    let magnitudes = try self.magnitudes(for: request)
    var random = RandomSource(seed: request.seed, label: "maco")
    let ascent = try Ascent(
      parts(target, magnitudes, start: request.start, random: &random), model: model.graph, target: target,
      options: .init(precision: request.precision, threads: request.threads))
    return try ascent.visualize(recorder, random: &random, progress: progress)
  }

  /// The parts of the loop for a target.
  func parts(
    _ target: ResolvedTarget, _ magnitudes: MagnitudeSpectrum, start: [Float]?, random: inout RandomSource
  ) throws -> Ascent.Parts {
    let size = settings.count("size")
    let shape = model.inputShape.resized(height: size, width: size)
    let space = PictureSpace.normalized(mean: model.input.mean, deviation: model.input.deviation)
    let range = [ClosedRange<Float>](repeating: -2.5...2.5, count: shape.channels)
    let phases: PhaseSpectrum
    if let start {
      guard shape.total == model.inputShape.total else {
        throw VisualizationError.unsupported(
          method: Self.description.name,
          reason: "a starting picture needs size \(model.input.size), the input's")
      }
      phases = PhaseSpectrum(
        shape: shape, magnitudes: magnitudes, range: range,
        start: space.picture(fromUnit: start, area: shape.area))
    } else {
      phases = PhaseSpectrum(shape: shape, magnitudes: magnitudes, range: range, random: &random)
    }
    let count = phases.parameters.count
    let optimizer: any Optimizer =
      settings.text("optimizer") == "nadam" ? NAdam(count: count) : Adam(count: count)
    return Ascent.Parts(
      method: Self.description.name, parameterization: phases, space: space,
      transforms: settings.randomParts(inputSize: model.input.size),
      objective: ActivationObjective(target, in: model.graph, batch: settings.count("crops")),
      optimizer: optimizer, schedule: .constant, rate: settings.number("learning_rate"),
      steps: settings.count("steps"))
  }

  /// The magnitudes that a request brings, or else those of its references.
  private func magnitudes(for request: VisualizationRequest) throws -> MagnitudeSpectrum {
    let channels = model.inputShape.channels
    if let known = request.magnitudes {
      guard known.channels == channels else {
        throw VisualizationError.unusableSpectrum(
          reason: "it has \(known.channels) planes, but the network's pictures have \(channels)")
      }
      return known
    }
    switch magnitudeSource {
    case .inverseFrequency:
      return MagnitudeSpectrum.inverseFrequency(size: settings.count("size"), channels: channels)
    case .references where !request.references.isEmpty:
      return try MagnitudeSpectrum.measure(
        count: request.references.count, size: model.input.size, channels: channels
      ) { request.references[$0] }
    case .references, .file: throw VisualizationError.missingSpectrum(method: Self.description.name)
    }
  }
}
