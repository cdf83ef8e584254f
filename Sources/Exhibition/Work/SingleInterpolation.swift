public import Imaging
public import Models
public import NeuralNetwork
public import Visualization

/// A row of pictures without an exhibition: what `vitrine visualize --from --to` makes.
public struct SingleInterpolation: Sendable {
  /// The model's folder or file.
  public var model: String
  /// The first target's address.
  public var from: String
  /// The second target's address.
  public var to: String
  /// How many pictures, both ends among them.
  public var count: Int
  /// Settings of the Fourier method that differ from its own.
  public var settings: [String: SettingValue] = [:]
  /// The seed.
  public var seed: UInt64 = 0
  /// How numbers are held in the network.
  public var precision = Precision.float32
  /// Threads; 0 stands for all cores.
  public var threads = 0
  /// How the model's names become classes, if it makes them of texts.
  public var zeroShot = ZeroShotOptions()

  /// A row of pictures between two targets of a model.
  public init(model: String, from: String, to: String, count: Int) {
    self.model = model
    self.from = from
    self.to = to
    self.count = count
  }

  /// What was made.
  public struct Result: Sendable {
    /// The pictures in the row's order.
    public let pictures: [Picture]
    /// The pictures' texts, recipe and command among them.
    public let texts: [(key: String, value: String)]
    /// What people call the first target.
    public let from: String
    /// What people call the second target.
    public let to: String
    /// How long it took.
    public let seconds: Double
    /// What a reader should know.
    public let warnings: [String]
  }

  /// A picture with both targets' activations by it, as it will be in the file.
  public struct Picture: Sendable {
    /// The picture.
    public let image: Image
    /// How much of the second target it was made to show, from 0 to 1.
    public let share: Double
    /// The first target's activation.
    public let first: Double
    /// The second target's activation.
    public let second: Double
  }

  /// Makes the pictures; `command` is the line that remakes them. Throws errors of models, files and methods.
  public func make(
    command: String, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Result {
    let model = try Model.load(self.model, zeroShot: zeroShot)
    let facts = try [from, to].map { TargetFacts(try model.target($0), in: model) }
    let targets = try [from, to].map { Target(try model.target($0), in: model) }
    let method = try FourierVisualization(model: model, overrides: Settings(settings))
    let request = InterpolationRequest(
      model: model, from: targets[0], to: targets[1], count: count, seed: seed, threads: threads,
      precision: precision)
    let made = try method.interpolate(request, progress: progress)
    let readers = try targets.map { try TargetReader($0, in: model) }
    let probe = try Probe(model, taps: readers.flatMap(\.taps), threads: threads, precision: precision)
    let pictures = try zip(made.pictures, request.shares).map { image, share in
      _ = try probe.show(model.input(of: image.quantized()))
      return Picture(
        image: image, share: share, first: probe.activation(readers[0]), second: probe.activation(readers[1]))
    }
    let ends = Record.Target.Ends(
      from: facts[0].address, fromTitle: facts[0].title, to: facts[1].address, toTitle: facts[1].title,
      count: count)
    let recipe = Record.Recipe(
      model: model.name, weightsHash: model.weightsHash, networkHash: model.networkHash,
      method: FourierVisualization.description.name, settings: method.settings.values,
      target: .init(kind: .interpolation, address: "\(ends.from) → \(ends.to)", ends: ends), seed: seed,
      size: model.input.size, precision: precision.rawValue, numerics: Version.numerics)
    let job = Job(kind: .interpolation, recipe: recipe, title: "\(ends.fromTitle) to \(ends.toTitle)") { _ in
      command
    }
    return Result(
      pictures: pictures, texts: RecipeText.chunks(job), from: ends.fromTitle, to: ends.toTitle,
      seconds: made.seconds, warnings: made.warnings)
  }
}
