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
  private let drop = 190.0

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
    // A title may be a little wider than its picture.
    let width = 40 + max(2 * rootSide, levels.map { Self.extent($0.count) }.max() ?? 0)
    let rootPlace = Place(x: (width - rootSide) / 2, y: 0, side: rootSide)
    var places = [Place](repeating: rootPlace, count: nodes.count)
    var bottom = rootSide + caption
    for level in levels {
      let (side, gap) = Self.measure(level.count)
      let start = (width - Self.extent(level.count)) / 2
      for (index, node) in ordered(level, below: places).enumerated() {
        places[node] = Place(x: start + Double(index) * (side + gap), y: bottom + drop, side: side)
      }
      bottom += drop + side + caption
    }
    let curves = edges.map { edge in
      CircuitCurve(
        from: edge.upper.map { places[$0] }.map { ($0.middle, $0.y + $0.side + caption + 4) }
          ?? (rootPlace.middle, rootPlace.y + rootSide + caption + 4),
        to: (places[edge.lower].middle, places[edge.lower].y - 6))
    }
    let strongest = edges.map(\.share).max() ?? 1
    let lines = zip(edges, curves).map { edge, curve in
      let thickness = 1.5 + 10 * max(0, edge.share) / max(strongest, .leastNormalMagnitude)
      return "<path class=\"edge\" d=\"\(curve.path)\" stroke-width=\"\(Format.decimal(thickness, 1))\"/>"
    }
    let notes = zip(edges, CircuitCurve.notes(curves)).map { edge, spot in
      "<text class=\"edge-note\" x=\"\(Int(spot.x))\" y=\"\(Int(spot.y))\" text-anchor=\"middle\">\(Format.percent(edge.share))</text>"
    }
    let frames =
      [draw(root, at: rootPlace, kind: "root")]
      + nodes.indices.map { draw(nodes[$0].node, at: places[$0], kind: "channel") }
    return HTML(
      """
      <svg class="circuit\(width > 750 ? " wide" : "")" width="\(Int(width))" viewBox="0 0 \(Int(width)) \(Int(bottom) + 10)" role="group" aria-labelledby="circuit-title">
      <title id="circuit-title">\(Markup.text(sentence))</title>
      \((lines + notes + frames).joined(separator: "\n"))
      </svg>
      """)
  }

  /// The nodes of a level from left to right: each as nearly below those that read it as the others let it, so that few
  /// edges cross.
  private func ordered(_ level: [Int], below places: [Place]) -> [Int] {
    let middles = level.map { node in
      let above = edges.filter { $0.lower == node }
      let weight = above.reduce(0) { $0 + max(0, $1.share) }
      guard weight > 0 else { return Double.infinity }
      return above.reduce(0) { $0 + max(0, $1.share) * ($1.upper.map { places[$0].middle } ?? 0) } / weight
    }
    return level.indices.sorted { (middles[$0], $0) < (middles[$1], $1) }.map { level[$0] }
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
    case ...4: (200, 50)
    case ...7: (150, 28)
    case ...10: (124, 22)
    default: (96, 16)
    }
  }

  private static func extent(_ count: Int) -> Double {
    let (side, gap) = measure(count)
    return Double(count) * side + Double(max(0, count - 1)) * gap
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
