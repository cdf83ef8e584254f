import Exhibition

/// A class on top and its channels below, level by level, joined by edges as thick as their part.
struct CircuitDiagram {
  struct Node {
    let title: String
    let picture: String?
    let link: String?
  }

  struct Edge {
    /// The upper end's place among ``CircuitDiagram/nodes``; `nil` for the class.
    let upper: Int?
    let lower: Int
    /// Part of what the upper end is read from, from 0 to 1.
    let share: Double
  }

  let root: Node
  /// The channels of all levels, with the level of each, from 1.
  let nodes: [(node: Node, level: Int)]
  let edges: [Edge]

  private let rootSide = 200.0
  private let caption = 40.0
  private let drop = 170.0

  /// Where a picture hangs.
  private struct Place {
    let x: Double
    let y: Double
    let side: Double

    var middle: Double { x + side / 2 }
  }

  /// The drawing, with a title and a sentence for those who don't see it.
  var svg: HTML {
    let levels = (1...max(1, nodes.map(\.level).max() ?? 1)).map { level in
      nodes.indices.filter { nodes[$0].level == level }
    }
    let width = max(3 * rootSide, levels.map { Self.extent($0.count) }.max() ?? 0)
    var places = [Place](repeating: Place(x: 0, y: 0, side: 0), count: nodes.count)
    var bottom = rootSide + caption
    for level in levels {
      let (side, gap) = Self.measure(level.count)
      let start = (width - Self.extent(level.count)) / 2
      for (index, node) in level.enumerated() {
        places[node] = Place(x: start + Double(index) * (side + gap), y: bottom + drop, side: side)
      }
      bottom += drop + side + caption
    }
    let rootPlace = Place(x: (width - rootSide) / 2, y: 0, side: rootSide)
    let lines = edges.map { draw($0, from: $0.upper.map { places[$0] } ?? rootPlace, to: places[$0.lower]) }
    let frames =
      [draw(root, at: rootPlace, kind: "root")]
      + nodes.indices.map { draw(nodes[$0].node, at: places[$0], kind: "channel") }
    return HTML(
      """
      <svg class="circuit" viewBox="0 0 \(Int(width)) \(Int(bottom) + 10)" role="group" aria-labelledby="circuit-title">
      <title id="circuit-title">\(Markup.text(sentence))</title>
      \((lines.map(\.path) + lines.map(\.note) + frames).joined(separator: "\n"))
      </svg>
      """)
  }

  /// The same in words.
  private var sentence: String {
    let uppers = [nil] + nodes.indices.map { Optional($0) }
    return uppers.compactMap { upper -> String? in
      let below = edges.filter { $0.upper == upper }
      guard !below.isEmpty else { return nil }
      let list = below.map { "\(nodes[$0.lower].node.title) with \(Format.percent($0.share))" }
      return
        "\(upper.map { nodes[$0].node.title } ?? root.title) is read from \(list.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  /// The side of a level's pictures, and what is between them: the more, the smaller.
  private static func measure(_ count: Int) -> (side: Double, gap: Double) {
    switch count {
    case ...4: (200, 40)
    case ...9: (130, 24)
    default: (96, 16)
    }
  }

  private static func extent(_ count: Int) -> Double {
    let (side, gap) = measure(count)
    return Double(count) * side + Double(max(0, count - 1)) * gap
  }

  private func draw(_ edge: Edge, from upper: Place, to lower: Place) -> (path: String, note: String) {
    let share = min(1, max(0, edge.share))
    let (top, end) = (upper.y + upper.side + caption + 4, lower.y - 6)
    let bend = (top + end) / 2
    let curve =
      "M\(Int(upper.middle)) \(Int(top)) C\(Int(upper.middle)) \(Int(bend)) \(Int(lower.middle)) \(Int(bend)) \(Int(lower.middle)) \(Int(end))"
    let path =
      "<path class=\"edge\" d=\"\(curve)\" stroke-width=\"\(Format.decimal(2 + lower.side / 5 * share, 1))\"/>"
    // Nearer to the lower end, where edges have parted.
    let along = 0.68
    let x = upper.middle + (lower.middle - upper.middle) * along * along * (3 - 2 * along)
    let y = top + (end - top) * along
    let note =
      "<text class=\"edge-note\" x=\"\(Int(x))\" y=\"\(Int(y))\" text-anchor=\"middle\">\(Format.percent(edge.share))</text>"
    return (path, note)
  }

  private func draw(_ node: Node, at place: Place, kind: String) -> String {
    let (x, y, side, middle) = (Int(place.x), Int(place.y), Int(place.side), Int(place.middle))
    let frame = "<rect class=\"frame\" x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\"/>"
    let inside =
      node.picture.map {
        "<image href=\"\(Markup.text($0))\" x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\" preserveAspectRatio=\"xMidYMid slice\"/>"
      }
      ?? "<text class=\"absent\" x=\"\(middle)\" y=\"\(y + side / 2)\" text-anchor=\"middle\">no picture</text>"
    let room = side >= 200 ? 20 : side / 9
    let title = node.title.count > room ? node.title.prefix(room - 1) + "…" : node.title
    let size = side >= 200 ? "" : " small"
    let label =
      "<text class=\"node-title\(size)\" x=\"\(middle)\" y=\"\(y + side + (side >= 200 ? 30 : 24))\" text-anchor=\"middle\">\(Markup.text(String(title)))</text>"
    let drawing = frame + inside + label
    guard let link = node.link else { return "<g class=\"\(kind)\">\(drawing)</g>" }
    return "<a class=\"\(kind)\" href=\"\(Markup.text(link))\">\(drawing)</a>"
  }
}
