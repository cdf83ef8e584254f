import Models
import Visualization

/// What plan and pages must know of a target that a user has written, without the model.
struct TargetFacts: Codable, Sendable, Equatable {
  /// Its address as the model writes it: equal targets have equal ones.
  var address: String
  /// What people call it.
  var title: String
  /// The class, if it is the score of one.
  var classIndex: Int?
  /// The layer, if it is a whole channel.
  var layer: String?
  /// The channel, if it is a whole one.
  var channel: Int?
  /// The layer within the network that the target belongs to; `nil` for classes and for sums over several layers.
  var within: String?

  /// The facts of a target of a model.
  init(_ target: TargetAddress, in model: Model) {
    address = target.description
    title = target.title(labels: model.labels)
    within = Target(target, in: model).layer
    guard let unit = target.unit else { return }
    classIndex = unit.classIndex
    if classIndex == nil, let channel = unit.channel { (layer, self.channel) = (unit.layer, channel) }
  }
}

/// What a plan must know of a layer.
struct LayerFacts: Codable, Sendable, Equatable {
  /// The name of its node.
  var name: String
  /// How many channels it has, or numbers of each token.
  var channels: Int
  /// Whether its positions lie in rows and columns of the picture.
  var hasPlaces: Bool

  /// The facts of a layer of a model.
  init(_ layer: String, in model: Model) throws(ModelError) {
    let node = try model.node(layer)
    let shape = model.graph[node].shape
    name = model.graph[node].name
    channels = (shape.count == 3 ? shape.first : shape.last) ?? 0
    hasPlaces = model.graph.grid(of: node) != nil
  }
}

extension Record.Target {
  /// A class, a channel, or whatever else an address names.
  init(_ facts: TargetFacts) {
    if let index = facts.classIndex {
      self.init(
        kind: .classLogit, classIndex: index, label: facts.title, address: "class:\(facts.title)")
    } else if let layer = facts.layer, let channel = facts.channel {
      self.init(kind: .channel, layer: layer, channel: channel, address: facts.address)
    } else {
      self.init(kind: .unit, label: facts.title, address: facts.address)
    }
  }
}
