import Models
import NeuralNetwork

extension Model {
  /// The layer by which users address penultimate channels: the map that is pooled into them if there is one (whose
  /// channels' means they are), else the features themselves.
  var penultimateLayer: String {
    guard let map = penultimateMap, graph[map].shape.count == 3 else { return graph[penultimate].name }
    // "layer4" rather than the block at its end.
    if let stage = stages.lastIndex(of: map) { return stageNames[stage] }
    return graph[map].name
  }
}
