import Foundation
public import Imaging
public import Models
public import NeuralNetwork

/// Asks a model what it sees. One thread at a time.
public final class Classifier {
  /// How a picture of any size and shape becomes the network's square.
  public enum Fit: Sendable {
    /// As the model's owner prepares photographs: the shorter side resized, the center cropped.
    case crop
    /// The whole picture at the input's size, untouched if it has that size already: for pictures that were made for
    /// the network.
    case whole
  }

  /// The model.
  public let model: Model
  private let runner: PictureRunner

  /// A classifier that runs `batch` pictures together on `threads` threads, 0 for all processors.
  public init(model: Model, threads: Int = 0, batch: Int = 16, precision: Precision = .float32)
    throws(NetworkError)
  {
    self.model = model
    runner = try PictureRunner(
      model: model, taps: [model.logits], batch: batch,
      options: .init(precision: precision, threads: threads))
  }

  /// The class scores before the softmax of `count` prepared pictures, each C×H×W in [0, 1], not normalized. A picture
  /// is asked for when its batch comes up.
  public func logits(count: Int, picture: (_ index: Int) throws -> [Float]) throws -> [[Float]] {
    var result: [[Float]] = []
    try runner.run(count: count, picture: picture) { _, value in result.append(Array(value(model.logits))) }
    return result
  }

  /// The softmax probabilities of `count` prepared pictures, in the order of the model's labels.
  public func probabilities(count: Int, picture: (_ index: Int) throws -> [Float]) throws -> [[Double]] {
    try logits(count: count, picture: picture).map(Classifier.softmax)
  }

  /// The softmax probabilities of pictures of any size.
  public func probabilities(of images: [Image], fit: Fit = .crop) throws -> [[Double]] {
    try probabilities(count: images.count) { prepare(images[$0], fit) }
  }

  /// The `count` most probable classes of each picture, most probable first.
  public func predictions(of images: [Image], count: Int = 5, fit: Fit = .crop) throws -> [[Prediction]] {
    try probabilities(of: images, fit: fit).map { top(count, of: $0) }
  }

  /// The `count` most probable of probabilities, most probable first; of equal ones the lower index.
  public func top(_ count: Int, of probabilities: [Double]) -> [Prediction] {
    probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }.prefix(count).map {
      Prediction(classIndex: $0, label: model.labels[$0], probability: probabilities[$0])
    }
  }

  func prepare(_ image: Image, _ fit: Fit) -> [Float] {
    switch fit {
    case .crop: return model.input.prepare(image)
    case .whole:
      let filter: Image.Filter = model.input.interpolation == .bicubic ? .bicubic : .bilinear
      let size = model.input.size
      return image.converted(to: 3).resized(width: size, height: size, filter: filter).pixels
    }
  }

  /// exp(z) / Σ exp(z), with the largest subtracted first so that nothing overflows.
  static func softmax(_ logits: [Float]) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
