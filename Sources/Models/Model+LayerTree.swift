extension Model {
  /// A line of ``Model/layerTree``: a module of the checkpoint.
  public struct Branch: Sendable, Equatable {
    /// Its whole name, as users address it.
    public let name: String
    /// How many modules it lies within.
    public let depth: Int
    /// Its value; `nil` for a module that is only a group of others.
    public let layer: Layer?
    /// Whether the layer goes by another name in ``Model/layers``.
    public let isAlias: Bool
  }

  /// Every name that a layer has, as the tree of modules that the dots in the names make, each module before its parts
  /// and parts in evaluation order.
  public var layerTree: [Branch] {
    var found: [String: (layer: Layer, isAlias: Bool)] = [:]
    // Of each module the parts, with the place in evaluation order of what comes first in them.
    var first: [String: Int] = [:]
    var parts: [String: Set<String>] = [:]
    for (place, layer) in layers.enumerated() {
      for name in [layer.name] + layer.aliases {
        found[name] = (layer, name != layer.name)
        var part = name
        while true {
          first[part] = min(first[part] ?? place, place)
          let dot = part.lastIndex(of: ".")
          let module = dot.map { String(part[..<$0]) } ?? ""
          parts[module, default: []].insert(part)
          guard dot != nil else { break }
          part = module
        }
      }
    }
    var result: [Branch] = []
    func append(_ module: String, depth: Int) {
      let sorted = (parts[module] ?? []).sorted { (first[$0] ?? 0, $0) < (first[$1] ?? 0, $1) }
      for name in sorted {
        result.append(
          Branch(
            name: name, depth: depth, layer: found[name]?.layer, isAlias: found[name]?.isAlias ?? false))
        append(name, depth: depth + 1)
      }
    }
    append("", depth: 0)
    return result
  }
}
