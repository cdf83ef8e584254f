import Foundation
public import Models
import NeuralNetwork
import Tensor

/// Activation maximization under six augmentations, as in Erkan's study (METU): crop and resize, flip, rotation,
/// perspective, blur and grayscale, in this order; 1000 iterations with a batch of 8, a picture kept every 100. Or
/// under the crop alone, as the study compares; or under none, the plain form: the logit or an inner unit's mean
/// activation against total variation (Zhu & Cangelosi, "Representation Understanding via Activation Maximization",
/// arXiv 2508.07281, whose settings aren't published).
///
/// The study gives neither the parameters of its augmentations nor optimizer, rate, loss and start. So these are
/// ours: torchvision's definitions and defaults (rotation of ±30° with bilinear sampling; blur with a kernel of 23
/// and σ of 0.1…2 at 224 pixels, in proportion for other inputs), drawn for each picture of the batch on its own;
/// the mean colour where a turned picture shows nothing; Adam on pixels in [0, 1], begun as gray with a little
/// noise; and the logit, averaged over the batch, as what is maximized, with a little total variation against it.
public struct ActivationMaximization: Method {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// Activation maximization for a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    var augmentations = Augmentations.six
    if case .text(let word) = overrides["augmentations"], let known = Augmentations(rawValue: word) {
      augmentations = known
    }
    settings = try Setting.resolve(
      overrides, by: Self.schema(for: model, augmentations: augmentations), method: Self.description.name)
    guard settings.count("blur_kernel") % 2 == 1 else {
      throw .invalidSetting(
        method: Self.description.name, name: "blur_kernel", value: "\(settings.count("blur_kernel"))",
        expected: "an odd number")
    }
    self.model = model
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let recorder = recorder(snapshots: request.snapshots)
    var random = RandomSource(seed: request.seed, label: "activation-maximization")
    let ascent = try Ascent(
      parts(target, start: request.start, random: &random), model: model.graph, target: target,
      options: .init(precision: request.precision, threads: request.threads))
    return try ascent.visualize(recorder, random: &random, progress: progress)
  }

  /// The parts of the loop for a target.
  func parts(_ target: ResolvedTarget, start: [Float]?, random: inout RandomSource) -> Ascent.Parts {
    let shape = model.inputShape
    var initial = [Float](repeating: 0, count: shape.total)
    random.fillNormal(&initial, deviation: settings.float("initial_noise"))
    initial = start ?? initial.map { min(max(0.5 + $0, 0), 1) }
    let pixels = Pixels(
      shape: shape, start: initial, bounds: [ClosedRange<Float>](repeating: 0...1, count: shape.channels))
    let batch = settings.count("batch")
    var regularizers: [any Regularizer] = []
    if settings.number("tv_l2") > 0 { regularizers.append(TotalVariation(weight: settings.float("tv_l2"))) }
    if settings.number("l2") > 0 { regularizers.append(PictureNorm(weight: settings.float("l2"))) }
    return Ascent.Parts(
      method: Self.description.name, parameterization: pixels, space: .unit, transforms: transforms,
      objective: ActivationObjective(target, in: model.graph, batch: batch),
      pictureRegularizers: regularizers, optimizer: Adam(count: shape.total), schedule: .constant,
      rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }

  /// Keeps a picture at every so many steps, and the last; or as many as asked for, where there are fewer steps.
  private func recorder(snapshots: Int) -> Recorder {
    let (steps, every) = (settings.count("steps"), settings.count("picture_every"))
    guard snapshots > 0, every > 0, every < steps else { return Recorder(steps: steps, snapshots: snapshots) }
    return Recorder(
      steps: steps, snapshotSteps: Set(stride(from: every, through: steps, by: every)).union([steps]))
  }

  /// All six augmentations, the crop alone, or none.
  private var transforms: [any Transform] {
    let mean = model.input.mean
    let normalize = Normalize(mean: mean, deviation: model.input.deviation)
    let augmentations = Augmentations(rawValue: settings.text("augmentations")) ?? .six
    if augmentations == .none { return [Repeat(copies: settings.count("batch")), normalize] }
    let size = Double(model.input.size)
    let rotation = settings.number("rotation")
    var result: [any Transform] = [
      RandomResizedCrop(
        scale: settings.number("crop_scale")...1, ratio: 3.0 / 4...4.0 / 3, copies: settings.count("batch"))
    ]
    if augmentations == .six {
      result += [
        RandomFlip(probability: settings.float("flip")),
        RandomRotation(angles: .range(-rotation...rotation), fill: mean),
        RandomPerspective(
          distortion: settings.number("distortion"), probability: settings.float("perspective"), fill: mean),
        GaussianBlur(kernel: settings.count("blur_kernel"), deviation: 0.1 * size / 224...2 * size / 224),
        RandomGrayscale(probability: settings.float("grayscale")),
      ]
    }
    return result + [normalize]
  }
}
