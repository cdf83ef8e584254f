import Yams

extension TrainingNote {
  /// A note from the `training` mapping, which may have any further keys. Throws ``ModelError``.
  init(_ yaml: YAMLMapping) throws(ModelError) {
    description = try yaml.text("description")
    accuracy = try yaml.number("accuracy", in: 0...1)
    seed = try yaml.integer("seed", in: Int.min...Int.max)
    details = []
    for key in yaml.keys where !["description", "accuracy", "seed"].contains(key) {
      guard let node = yaml.node(key) else { continue }
      details.append(Detail(name: key, value: Self.text(of: node)))
    }
  }

  /// Lists with commas, mappings as "key value".
  private static func text(of node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string
    case .sequence(let sequence): sequence.map(text(of:)).joined(separator: ", ")
    case .mapping(let mapping):
      mapping.map { "\(text(of: $0.key)) \(text(of: $0.value))" }.joined(separator: ", ")
    case .alias: ""
    }
  }
}
