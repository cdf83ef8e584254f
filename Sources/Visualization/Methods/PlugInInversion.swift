import Foundation
import Imaging
public import Models
import NeuralNetwork
import Tensor

/// Plug-In Inversion (Ghiasi, Kazemi, Reich, Zhu, Goldblum & Goldstein, "Plug-In Inversion: Model-Agnostic Inversion
/// for Vision with Data Augmentations", ICML 2022): cross-entropy alone, under augmentations that do what regularizers
/// would: the picture grows from a small one (centring and zoom), and a batch of copies in other colours (colour shift
/// and ensembling) is shifted cyclically.
///
/// With the authors' settings: pixels in [0, 1], clamped after each step; seven sizes from a quarter of the input's to
/// the whole, 400 steps each with Adam(0.5, 0.99) at rate 0.01 and a cosine down to 0, begun anew at each size. At each
/// size the picture so far, enlarged, is put into the middle of uniform noise. Colours are σ·x + μ with σ = exp U(−1, 1)
/// and μ = U(−1, 1), drawn for each copy and channel.
///
/// Networks that can take small pictures get them as they are; for others (transformers, whose positions are counted)
/// they are enlarged to the input's size first. Ours: shifts in pixels belong to inputs of 224 and go in proportion; for
/// inner units, their mean activation takes the place of the class's cross-entropy; families that the authors have no
/// batch size for get ResNet-50's.
public struct PlugInInversion: Method {
  /// The complete settings.
  public let settings: Settings
  private let model: Model

  /// Plug-In Inversion for a network. Throws ``VisualizationError`` for settings that don't make sense.
  public init(model: Model, overrides: Settings = Settings()) throws(VisualizationError) {
    settings = try Setting.resolve(overrides, by: Self.schema(for: model), method: Self.description.name)
    self.model = model
  }

  /// Makes the picture; see ``Method/visualize(_:progress:)``.
  public func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    try request.check(for: Self.description.name, model: model)
    let target = try request.target.resolved(in: model)
    let sizes = self.sizes
    let full = model.inputShape
    let recorder = Recorder(
      steps: sizes.count * settings.count("steps"), snapshots: request.snapshots,
      size: (full.height, full.width))
    var random = RandomSource(seed: request.seed, label: "plug-in-inversion")
    let ascents = StagedAscent(
      count: sizes.count,
      make: { index, former, random in
        let size = sizes[index]
        let first = request.start.map {
          Self.resized($0, from: full, to: full.resized(height: size, width: size))
        }
        let pixels =
          former.map { grown($0.parts.parameterization, to: size, random: &random) }
          ?? pixels(size: size, start: first, random: &random)
        let (graph, isNative) = network(size: size)
        return try Ascent(
          parts(pixels, target, in: graph, isNative: isNative), model: graph, target: target,
          options: .init(precision: request.precision, threads: request.threads))
      })
    return try ascents.visualize(recorder, random: &random, progress: progress)
  }

  /// Sides of the picture in turn: eighths of the input's, up to the whole.
  var sizes: [Int] {
    let eighths = (9 - settings.count("sizes"))...8
    return eighths.map { max(1, Int((Double(model.input.size * $0) / 8).rounded())) }
  }

  /// The network for pictures of a size; if it can't take them, that for full size.
  func network(size: Int) -> (graph: Graph, isNative: Bool) {
    guard size != model.input.size else { return (model.graph, true) }
    if let graph = try? model.graph.resized(height: size, width: size) { return (graph, true) }
    return (model.graph, false)
  }

  /// The variable of the first size: uniform noise, or a given picture of that size.
  func pixels(size: Int, start: [Float]? = nil, random: inout RandomSource) -> Pixels {
    let shape = model.inputShape.resized(height: size, width: size)
    let noise = (0..<shape.total).map { _ in random.uniform() }
    return Pixels(
      shape: shape, start: start ?? noise,
      bounds: [ClosedRange<Float>](repeating: 0...1, count: shape.channels))
  }

  /// The variable of the next size: the former picture, enlarged, in the middle of uniform noise.
  func grown(_ former: any Parameterization, to size: Int, random: inout RandomSource) -> Pixels {
    let pixels = pixels(size: size, random: &random)
    let shape = pixels.shape
    let step = model.input.size / 8
    let border =
      switch Growth(rawValue: settings.text("growth")) {
      case .zoom: 0
      case .centring: step
      case .both, nil: step / 2
      }
    let inner = shape.resized(height: size - border, width: size - border)
    let picture = Self.resized(former.parameters.array, from: former.shape, to: inner)
    let corner = border / 2
    for plane in 0..<shape.channels {
      for row in 0..<inner.height {
        let from = plane * inner.area + row * inner.width
        let to = plane * shape.area + (row + corner) * shape.width + corner
        for column in 0..<inner.width { pixels.parameters.values[to + column] = picture[from + column] }
      }
    }
    return pixels
  }

  /// The parts of the loop at a size.
  func parts(
    _ pixels: Pixels, _ target: ResolvedTarget, in graph: Graph, isNative: Bool
  ) -> Ascent.Parts {
    let batch = settings.count("batch")
    var transforms: [any Transform] = [
      Jitter(limit: settings.count("jitter")), Repeat(copies: batch),
      ColourShift(brightness: settings.float("brightness"), contrast: settings.float("contrast")),
    ]
    if !isNative { transforms.append(Enlarge(model.inputShape)) }
    transforms.append(Normalize(mean: model.input.mean, deviation: model.input.deviation))
    let objective: any Objective =
      target.classIndex.map {
        CrossEntropyObjective(classIndex: $0, logits: model.logits, in: graph, batch: batch)
      } ?? ActivationObjective(target, in: graph, batch: batch)
    return Ascent.Parts(
      method: Self.description.name, parameterization: pixels, space: .unit, transforms: transforms,
      objective: objective,
      optimizer: Adam(
        count: pixels.shape.total, betas: (settings.number("beta1"), settings.number("beta2"))),
      schedule: .cosine(warmUp: 0), rate: settings.number("learning_rate"), steps: settings.count("steps"))
  }

  /// Bilinear, as PyTorch's `interpolate` does by default when it enlarges.
  private static func resized(_ picture: [Float], from: BatchShape, to: BatchShape) -> [Float] {
    Image(width: from.width, height: from.height, channels: from.channels, pixels: picture).resized(
      width: to.width, height: to.height, filter: .bilinear, antialias: to.height < from.height,
      rounding: false
    ).pixels
  }
}
