import Foundation

extension Circuit {
  /// The circuit for a terminal, each channel below what is read from it. `names` has what people call channels, by
  /// address.
  public func text(names: [String: String] = [:]) -> String {
    let head = "\(label), \(count) \(count == 1 ? "picture" : "pictures"), relevance by \(rules)"
    return ([head] + lines(below: nil, indent: 1, names)).joined(separator: "\n")
  }

  private func lines(below upper: Int?, indent: Int, _ names: [String: String]) -> [String] {
    edges.filter { $0.upper == upper }.flatMap { edge in
      let figures = String(
        format: "%.1f %% (%.3g ± %.2g)", 100 * edge.share, edge.relevance.mean, edge.relevance.spread)
      let line = String(repeating: "  ", count: indent) + title(of: nodes[edge.lower], names) + "  " + figures
      return [line] + lines(below: edge.lower, indent: indent + 1, names)
    }
  }

  /// What a channel is called, with its address.
  private func title(of node: Node, _ names: [String: String]) -> String {
    names[node.address].map { "\(node.address) \"\($0)\"" } ?? node.address
  }

  /// The circuit in Graphviz' language: `dot -Tsvg` draws it. Edges are as thick as their part.
  public func graphviz(names: [String: String] = [:]) -> String {
    var lines = [
      "digraph circuit {", "  rankdir=TB;", "  node [shape=box, fontname=\"sans-serif\"];",
      "  class [label=\(Self.quoted(label)), shape=ellipse];",
    ]
    for (index, node) in nodes.enumerated() {
      let name = names[node.address].map { "\($0)\n" } ?? ""
      let part = String(format: "%.1f %%", 100 * node.share)
      lines.append("  n\(index) [label=\(Self.quoted("\(name)\(node.address)\n\(part)"))];")
    }
    for edge in edges {
      let width = String(format: "%.2f", 0.5 + 8 * edge.share)
      let part = String(format: "%.1f %%", 100 * edge.share)
      let upper = edge.upper.map { "n\($0)" } ?? "class"
      lines.append("  \(upper) -> n\(edge.lower) [penwidth=\(width), label=\(Self.quoted(part)), dir=back];")
    }
    for level in Set(nodes.map(\.level)).sorted() {
      let same = nodes.indices.filter { nodes[$0].level == level }.map { "n\($0)" }.joined(separator: "; ")
      lines.append("  { rank=same; \(same) }")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// A text between quotation marks, with those within it, backslashes and line ends written as the language asks.
  private static func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(of: "\n", with: "\\n")
    return "\"\(escaped)\""
  }
}

extension CircuitCheck {
  /// The outcomes as a table for a terminal.
  public var text: String {
    let width = (outcomes.map(\.title.count).max() ?? 0) + 2
    return outcomes.map { outcome in
      "  " + outcome.title.padding(toLength: width, withPad: " ", startingAt: 0)
        + String(
          format: "probability %.3f ± %.3f, first guess in %.0f %%", outcome.probability.mean,
          outcome.probability.spread, 100 * outcome.recognized)
    }.joined(separator: "\n")
  }
}

extension CircuitCheck.Outcome {
  /// What was done, in words.
  public var title: String {
    let place = level.map { " of level \($0)" } ?? ""
    return switch cut {
    case .nothing: "as it is"
    case .circuit: "without the circuit's channels\(place)"
    case .rest: "nothing but the circuit's channels\(place)"
    case .random: "without as many others\(place)"
    }
  }
}
