/// A class on top and its channels below, joined by edges as thick as their part.
struct CircuitDiagram {
  struct Node {
    let title: String
    let picture: String?
    let link: String?
  }

  struct Branch {
    let node: Node
    /// Part of the class's relevance, from 0 to 1.
    let share: Double
    let note: String
  }

  let root: Node
  let branches: [Branch]

  private let side = 200
  private let gap = 40
  private let drop = 170

  /// The drawing, with a title and a sentence for those who don't see it.
  var svg: HTML {
    let columns = max(1, branches.count)
    let width = max(side * 3, columns * side + (columns - 1) * gap)
    let height = side + 40 + drop + side + 50
    let middle = width / 2
    let start = (width - columns * side - (columns - 1) * gap) / 2
    let below = side + 40 + drop
    var parts: [String] = []
    for (index, branch) in branches.enumerated() {
      let x = start + index * (side + gap) + side / 2
      parts.append(edge(branch, from: (middle, side + 44), to: (x, below - 6)))
    }
    parts.append(draw(root, x: middle - side / 2, y: 0, kind: "root"))
    for (index, branch) in branches.enumerated() {
      parts.append(draw(branch.node, x: start + index * (side + gap), y: below, kind: "channel"))
    }
    let list = branches.map { "\($0.node.title) with \($0.note)" }.joined(separator: ", ")
    let sentence = Markup.text("\(root.title) is read from \(list) of the positive relevance.")
    return HTML(
      """
      <svg class="circuit" viewBox="0 0 \(width) \(height)" role="group" aria-labelledby="circuit-title">
      <title id="circuit-title">\(sentence)</title>
      \(parts.joined(separator: "\n"))
      </svg>
      """)
  }

  private func edge(_ branch: Branch, from: (x: Int, y: Int), to: (x: Int, y: Int)) -> String {
    let thickness = Format.decimal(2 + 40 * min(1, max(0, branch.share)), 1)
    let bend = (from.y + to.y) / 2
    let noteX = (from.x + 2 * to.x) / 3
    return """
      <path class="edge" d="M\(from.x) \(from.y) C\(from.x) \(bend) \(to.x) \(bend) \(to.x) \(to.y)" stroke-width="\(thickness)"/>
      <text class="edge-note" x="\(noteX)" y="\(bend + 38)" text-anchor="middle">\(Markup.text(branch.note))</text>
      """
  }

  private func draw(_ node: Node, x: Int, y: Int, kind: String) -> String {
    let frame = "<rect class=\"frame\" x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\"/>"
    let inside =
      node.picture.map {
        "<image href=\"\(Markup.text($0))\" x=\"\(x)\" y=\"\(y)\" width=\"\(side)\" height=\"\(side)\" preserveAspectRatio=\"xMidYMid slice\"/>"
      }
      ?? "<text class=\"absent\" x=\"\(x + side / 2)\" y=\"\(y + side / 2)\" text-anchor=\"middle\">no picture</text>"
    let title = node.title.count > 20 ? node.title.prefix(19) + "…" : node.title
    let label =
      "<text class=\"node-title\" x=\"\(x + side / 2)\" y=\"\(y + side + 30)\" text-anchor=\"middle\">\(Markup.text(String(title)))</text>"
    let drawing = frame + inside + label
    guard let link = node.link else { return "<g class=\"\(kind)\">\(drawing)</g>" }
    return "<a class=\"\(kind)\" href=\"\(Markup.text(link))\">\(drawing)</a>"
  }
}
