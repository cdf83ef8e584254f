import Foundation
import Imaging
import Models
import Network

/// Asks a network for the probabilities of one picture at a time.
struct SingleClassifier {
  private let model: Model
  private let executor: Executor

  init(_ model: Model, options: Executor.Options) throws(NetworkError) {
    self.model = model
    executor = try Executor(
      graph: model.graph, batch: 1, taps: [model.logits], gradient: false, options: options)
  }

  /// Softmax probabilities of a picture, C×H×W in [0, 1].
  func probabilities(_ picture: [Float]) throws(NetworkError) -> [Double] {
    var values = picture
    model.input.normalize(&values)
    _ = executor.input.update(fromContentsOf: values)
    try executor.forward()
    let logits = executor.value(of: model.logits)
    let normalizer = logSumExp(logits)
    return logits.map { exp(Double($0) - normalizer) }
  }
}

/// Pictures as 8-bit files hold them.
enum EightBit {
  /// The nearest multiple of 1/255 in [0, 1].
  static func rounded(_ value: Float) -> Float { min(max((value * 255).rounded(), 0), 255) / 255 }

  static func image(_ picture: [Float], _ shape: BatchShape) -> Image {
    Image(width: shape.width, height: shape.height, channels: shape.channels, pixels: picture)
  }
}
