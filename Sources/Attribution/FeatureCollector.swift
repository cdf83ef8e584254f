import Models
import NeuralNetwork

/// Collects the penultimate features of pictures, and insists that none is below zero.
struct FeatureCollector {
  let model: Model
  let batch: Int
  let options: Executor.Options

  /// count × features numbers. Throws ``AttributionError`` at the first picture with a feature below zero. `progress`
  /// takes the number of pictures done.
  func collect(
    count: Int, picture: (Int) throws -> [Float], progress: (Int) throws -> Void
  ) throws -> [Float] {
    var rows: [Float] = []
    rows.reserveCapacity(count * model.graph[model.penultimate].shape.reduce(1, *))
    try PictureRunner(model: model, taps: [model.penultimate], batch: batch, options: options)
      .run(count: count, picture: picture) { index, value in
        let features = value(model.penultimate)
        if let least = features.min(), least < 0 {
          throw AttributionError.negativeFeatures(
            model: model.name, layer: model.penultimateLayer, architecture: model.architecture, least: least)
        }
        rows.append(contentsOf: features)
        try progress(index + 1)
      }
    return rows
  }
}
