import Foundation
import Models
import NeuralNetwork

/// Asks a network what it says of one picture at a time.
struct SingleClassifier {
  private let model: Model
  private let executor: Executor

  init(_ model: Model, options: Executor.Options) throws(NetworkError) {
    self.model = model
    executor = try Executor(
      graph: model.graph, batch: 1, taps: [model.logits], gradient: false, options: options)
  }

  /// The scores before the softmax of a picture, C×H×W in [0, 1].
  func logits(_ picture: [Float]) throws(NetworkError) -> [Float] {
    var values = picture
    model.input.normalize(&values)
    _ = executor.input.update(fromContentsOf: values)
    try executor.forward()
    return Array(executor.value(of: model.logits))
  }

  /// Softmax probabilities of a picture, C×H×W in [0, 1].
  func probabilities(_ picture: [Float]) throws(NetworkError) -> [Double] {
    let logits = try logits(picture)
    let normalizer = logits.withUnsafeBufferPointer(logSumExp)
    return logits.map { exp(Double($0) - normalizer) }
  }
}
