public import Imaging
public import Models
public import NeuralNetwork
import Support
public import Visualization

/// One picture without an exhibition: what `vitrine visualize` makes.
public struct SinglePicture: Sendable {
  /// The model's folder or file.
  public var model: String
  /// The target's address: `class:zebra`, `layer4.1:485`, or a sum of several.
  public var target: String
  /// The method's name.
  public var method: String
  /// Settings that differ from the method's own.
  public var settings: [String: SettingValue]
  /// A folder of natural pictures of the target.
  public var references: String?
  /// How many of them are used at most.
  public var count = 50
  /// A direction in the channels of the layer that ``target`` then names.
  public var direction: Direction?
  /// The seed.
  public var seed: UInt64 = 0
  /// How numbers are held in the network.
  public var precision = Precision.float32
  /// Threads; 0 stands for all cores.
  public var threads = 0
  /// How the model's names become classes, if it makes them of texts.
  public var zeroShot = ZeroShotOptions()

  /// A direction that someone gives.
  public struct Direction: Sendable {
    /// The file, see ``DirectionFile``.
    public var path: String
    /// Which of its directions, from 0.
    public var row: Int
    /// The tensor's name where the file has several.
    public var tensor: String?

    /// A direction of a file.
    public init(path: String, row: Int = 0, tensor: String? = nil) {
      self.path = path
      self.row = row
      self.tensor = tensor
    }
  }

  /// A picture of a target of a model by a method.
  public init(model: String, target: String, method: String, settings: [String: SettingValue] = [:]) {
    self.model = model
    self.target = target
    self.method = method
    self.settings = settings
  }

  /// What was made.
  public struct Result: Sendable {
    /// The picture.
    public let image: Image
    /// The picture's file, with recipe and command in its texts.
    public let texts: [(key: String, value: String)]
    /// How long it took.
    public let seconds: Double
    /// What a reader should know.
    public let warnings: [String]
    /// The target's activation by the picture, as it will be in the file.
    public let activation: Double
    /// What the model says of the picture, as it will be in the file; nothing if it has no classes.
    public let predictions: [Record.Prediction]
  }

  /// Makes the picture; `command` is the line that remakes it. Throws errors of models, files and methods.
  public func make(
    command: String, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Result {
    let type = try Methods.named(method)
    let model = try Model.load(self.model, zeroShot: zeroShot)
    let (aim, target) = try aim(in: model)
    let maker = try type.make(model: model, overrides: Settings(settings), layer: aim.layer)
    let magnitudes = try self.magnitudes(maker, for: model)
    let shelf = ReferenceShelf(cache: FactsCache())
    let pictures =
      maker is any SpectrumMethod ? nil : try references.map { try shelf.pictures(in: $0, count: count) }
    let recipe = Record.Recipe(
      model: model.name, weightsHash: model.weightsHash, networkHash: model.networkHash, method: method,
      settings: maker.settings.values,
      target: target, seed: seed, size: model.input.size, precision: precision.rawValue,
      referencesHash: pictures?.hash ?? magnitudes.map { Digest.sha256($0.npy) }, numerics: Version.numerics)
    let job = Job(kind: .visualization, recipe: recipe, title: "\(target.address) by \(method)") { _ in
      command
    }
    let request = VisualizationRequest(
      model: model, target: aim,
      references: try (pictures?.paths ?? []).map { try model.input.prepare(file: $0) },
      magnitudes: magnitudes, seed: seed,
      threads: threads, precision: precision)
    let made = try maker.visualize(request, progress: progress)
    let reader = try TargetReader(aim, in: model)
    let probe = try Probe(model, taps: reader.taps, threads: threads, precision: precision)
    let probabilities = try probe.show(model.input(of: made.image.quantized()))
    return Result(
      image: made.image, texts: RecipeText.chunks(job), seconds: made.seconds, warnings: made.warnings,
      activation: probe.activation(reader),
      predictions: model.hasClasses ? model.predictions(probabilities) : [])
  }

  /// What the picture is to show, and as records have it.
  private func aim(in model: Model) throws -> (Target, Record.Target) {
    guard let direction else {
      let address = try model.target(target)
      return (Target(address, in: model), Record.Target(TargetFacts(address, in: model)))
    }
    let layer = model.graph[try model.node(target)].name
    let file = try DirectionFile(path: direction.path, tensor: direction.tensor)
    guard file.directions.indices.contains(direction.row) else {
      throw FileError(
        path: direction.path, action: "read a direction from",
        reason: "there is no row \(direction.row); its rows are 0 to \(file.directions.count - 1)")
    }
    return (
      .direction(layer: layer, weights: file.directions[direction.row]),
      Record.Target(
        kind: .direction, layer: layer, channel: direction.row,
        address: "\(layer) along \(direction.path), row \(direction.row)")
    )
  }

  /// The magnitudes for a method that uses some: of a file, or of the references.
  private func magnitudes(_ method: any Method, for model: Model) throws -> MagnitudeSpectrum? {
    guard let spectral = method as? any SpectrumMethod else { return nil }
    switch spectral.magnitudeSource {
    case .inverseFrequency: return nil
    case .file(let path): return try MagnitudeSpectrum(file: path)
    case .references:
      guard let references else { return nil }
      let files = try MagnitudeSpectrum.files(in: references, limit: count)
      return try MagnitudeSpectrum.measure(files: files, model.input) { _ in }
    }
  }
}
