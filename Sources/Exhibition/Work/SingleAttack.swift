import Evaluation
public import Foundation
import Imaging
public import Models
public import NeuralNetwork
import Support
public import Visualization

/// One adversarial example without an exhibition: what `vitrine attack` makes.
public struct SingleAttack: Sendable {
  /// The model's folder or file.
  public var model: String
  /// The natural picture's file.
  public var image: String
  /// The class that the picture shows, by label or index; what the model sees in it if `nil`.
  public var source: String?
  /// The class that the model is to see, by label or index.
  public var target: String
  /// The attack's name.
  public var attack: String
  /// Settings that differ from the attack's own.
  public var settings: [String: SettingValue]
  /// Folders or files of other models that are asked what they see.
  public var others: [String] = []
  /// The seed of a random start.
  public var seed: UInt64 = 0
  /// How many pictures of the way are kept.
  public var snapshots = 12
  /// How numbers are held in the network.
  public var precision = Precision.float32
  /// Threads; 0 stands for all cores.
  public var threads = 0
  /// How the models' names become classes, if they make them of texts.
  public var zeroShot = ZeroShotOptions()

  /// An attack on a picture.
  public init(
    model: String, image: String, target: String, attack: String, settings: [String: SettingValue] = [:]
  ) {
    self.model = model
    self.image = image
    self.target = target
    self.attack = attack
    self.settings = settings
  }

  /// What was made.
  public struct Result: Sendable {
    /// The record of the attack, with its files' digests.
    public let record: Record
    /// What was found.
    public let found: Record.Adversarial
    /// The files, by name.
    public let files: [String: Data]
    /// What other models see in the changed picture, most probable first.
    public let opinions: [(model: String, predictions: [Record.Prediction])]
  }

  /// Makes the example; `command` is the line that remakes it. Throws errors of models, files and attacks.
  public func make(
    command: String, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Result {
    let type = try Attacks.named(attack)
    let model = try Model.load(self.model, zeroShot: zeroShot)
    let target = try model.classIndex(self.target)
    let source = try self.source.map { try model.classIndex($0) }
    let attack = try type.init(model: model, overrides: Settings(settings))
    let judges = try others.map { (name: $0, classifier: try classifier($0)) }
    let name = URL(fileURLWithPath: image).lastPathComponent
    let made = try attack.run(
      AdversarialRequest(
        picture: try model.input.prepare(file: image), source: source, target: target, seed: seed,
        threads: threads, precision: precision, snapshots: snapshots), progress: progress)
    let job = try job(model, made, settings: attack.settings, command: command)
    let artifact = try Artifact(made, model: model, source: name, text: RecipeText.chunks(job))
    guard case .adversarial(let found) = artifact.payload else {
      throw WorkError(reason: "the attack made no adversarial example")
    }
    let record = Record(
      identity: job.identity, kind: job.kind, recipe: job.recipe, command: command,
      files: artifact.files.mapValues(\.description), seconds: made.seconds,
      created: Date().formatted(.iso8601), version: Version.vitrine, payload: artifact.payload)
    return Result(
      record: record, found: found, files: artifact.files.mapValues(\.data),
      opinions: try judges.map {
        ($0.name, try $0.classifier.judge(made.adversarial).predictions.map(Record.Prediction.init))
      })
  }

  private func job(
    _ model: Model, _ made: AdversarialExample, settings: Settings, command: String
  ) throws -> Job {
    let label = model.labels[made.target]
    let recipe = Record.Recipe(
      model: model.name, weightsHash: model.weightsHash, networkHash: model.networkHash, method: attack,
      settings: settings.values,
      target: Record.Target(
        kind: .classLogit, classIndex: made.target, label: label, address: "class:\(label)",
        source: .init(classIndex: made.source, label: model.labels[made.source], reference: 0)),
      seed: seed, size: model.input.size, precision: precision.rawValue,
      referencesHash: try Digest.sha256(ofFile: image), snapshots: snapshots, numerics: Version.numerics)
    return Job(kind: .adversarial, recipe: recipe, title: "\(image) to \(label) by \(attack)") { _ in command
    }
  }

  /// Another model, ready to be asked.
  private func classifier(_ path: String) throws -> Classifier {
    let judge = try Model.load(path, zeroShot: zeroShot)
    guard judge.hasClasses else {
      throw WorkError(reason: "\(path) has no classes; it can't say what it sees")
    }
    return try Classifier(model: judge, threads: threads, batch: 1, precision: precision)
  }
}
