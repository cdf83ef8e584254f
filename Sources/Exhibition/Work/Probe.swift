import Foundation
import Imaging
import Models
import NeuralNetwork
import Visualization

/// Shows finished pictures to a model, one at a time.
final class Probe {
  private let model: Model
  private let executor: Executor

  /// A probe that reads the class scores, and these nodes.
  init(_ model: Model, taps: [Graph.NodeID], threads: Int, precision: Precision) throws {
    self.model = model
    executor = try Executor(
      graph: model.graph, batch: 1, taps: Set(taps + [model.logits]).sorted(), gradient: false,
      options: .init(precision: precision, threads: threads))
  }

  /// Shows a picture of C×H×W numbers in [0, 1] of the model's input size. Returns softmax probabilities.
  func show(_ picture: [Float]) throws -> [Double] {
    var values = picture
    model.input.normalize(&values)
    _ = executor.input.update(fromContentsOf: values)
    try executor.forward()
    let logits = executor.value(of: model.logits).map(Double.init)
    let highest = logits.max() ?? 0
    let powers = logits.map { exp($0 - highest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// A target's activation by the picture shown last; its nodes are among the probe's.
  func activation(_ reader: TargetReader) -> Double { reader.activation { executor.value(of: $0) } }
}

extension Model {
  /// A picture as this model's input: a finished one is resized whole, never cropped.
  func input(of picture: Image) -> [Float] {
    let picture = picture.converted(to: input.mean.count)
    guard picture.width != input.size || picture.height != input.size else { return picture.pixels }
    return picture.resized(width: input.size, height: input.size, filter: .bilinear).pixels
  }

  /// The most probable classes.
  func predictions(_ probabilities: [Double], count: Int = 5) -> [Record.Prediction] {
    probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }.prefix(count).map {
      Record.Prediction(classIndex: $0, label: labels[$0], probability: probabilities[$0])
    }
  }
}
