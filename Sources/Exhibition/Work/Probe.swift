import Foundation
import Imaging
import Models
import Network

/// Shows finished pictures to a model, one at a time.
final class Probe {
  private let model: Model
  private let executor: Executor
  private let tap: Graph.NodeID

  /// A probe that reads the class scores and, if a layer is named, its channels.
  init(_ model: Model, layer: String? = nil, threads: Int, precision: Precision) throws {
    self.model = model
    tap = try layer.map { try model.node($0) } ?? model.logits
    let taps = tap == model.logits ? [tap] : [tap, model.logits].sorted()
    executor = try Executor(
      graph: model.graph, batch: 1, taps: taps, gradient: false,
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

  /// Each channel of the layer for the picture shown last, averaged over positions.
  func channels() -> [Double] {
    let shape = model.graph[tap].shape
    let values = executor.value(of: tap)
    let count = (shape.count == 3 ? shape.first : shape.last) ?? 0
    let positions = max(1, values.count / max(1, count))
    return (0..<count).map { channel in
      var sum = 0.0
      for position in 0..<positions {
        sum += Double(values[shape.count == 3 ? channel * positions + position : position * count + channel])
      }
      return sum / Double(positions)
    }
  }
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
