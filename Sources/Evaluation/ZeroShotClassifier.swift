public import Imaging
public import Models

/// Tells pictures apart by names alone, with CLIP (Radford et al. 2021, section 3.1): a picture's probabilities are the
/// softmax of the cosines between its embedding and each class's, times the learned factor. A class is the mean of what
/// the text tower makes of its sentences.
///
/// As a judge it needs nothing of the network that it judges but the names of its classes.
public final class ZeroShotClassifier {
  /// The image tower with the classes' scores.
  public let model: Model
  private let classifier: Classifier

  /// A classifier of names from a checkpoint of CLIP, or a folder with one. `options` says which sentences the names are
  /// put into, where classes are kept, and who is told how far the texts are. Throws ``ModelError``, and
  /// ``EvaluationError`` for a network that reads no texts.
  public init(
    checkpoint: String, classes: [String], options: ZeroShotOptions = .init(), threads: Int = 0,
    batch: Int = 16
  ) throws {
    model = try Model.load(checkpoint, classes: .list(classes), zeroShot: options)
    guard model.architecture == CLIPImageTower.name else { throw EvaluationError.noTexts(model: model.name) }
    classifier = try Classifier(model: model, threads: threads, batch: batch)
  }

  /// The probabilities of `count` prepared pictures, each C×H×W in [0, 1], not normalized, in the order of the names. A
  /// picture is asked for when its batch comes up.
  public func probabilities(count: Int, picture: (_ index: Int) throws -> [Float]) throws -> [[Double]] {
    try classifier.probabilities(count: count, picture: picture)
  }

  /// The probabilities of pictures of any size.
  public func probabilities(of images: [Image], fit: Classifier.Fit = .crop) throws -> [[Double]] {
    try classifier.probabilities(of: images, fit: fit)
  }

  /// The `count` most probable names of each picture, most probable first.
  public func predictions(of images: [Image], count: Int = 5, fit: Classifier.Fit = .crop) throws
    -> [[Prediction]]
  {
    try classifier.predictions(of: images, count: count, fit: fit)
  }
}
