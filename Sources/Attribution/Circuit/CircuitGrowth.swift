/// A circuit in the making: the channels chosen so far, and the edges that lead to them.
struct CircuitGrowth {
  /// Channels by level, and which of the level above each has relevance from.
  private(set) var paths: [[CircuitTracer.Step]] = []
  private(set) var nodes: [Circuit.Node] = []
  private(set) var edges: [Circuit.Edge] = []
  private let width: Int
  /// Where the last level begins in ``nodes``.
  private var first = 0

  /// Follows each channel to at most `width` below it.
  init(_ width: Int) { self.width = width }

  /// Takes in a level: for each picture and upper end (the class, or the last level's channels) the relevance of all
  /// channels of the layer.
  mutating func grow(_ rows: [[[Double]]], layer: String) {
    let uppers = rows.first?.count ?? 0
    let level = paths.count + 1
    let (begin, offset) = (nodes.count, first)
    var places: [Int: Int] = [:]
    var steps: [CircuitTracer.Step] = []
    var received: [[Double]] = []
    for upper in 0..<uppers {
      let means = Self.means(rows.map { $0[upper] })
      let positive = means.reduce(0) { $0 + max(0, $1) }
      let chosen = means.indices.filter { means[$0] > 0 }
        .sorted { (means[$1], $0) < (means[$0], $1) }.prefix(width)
      // The class has no place among the nodes.
      let place = level == 1 ? nil : offset + upper
      let part = place.map { nodes[$0].share } ?? 1
      for channel in chosen {
        let values = rows.map { $0[upper][channel] }
        let share = means[channel] / positive
        if places[channel] == nil {
          places[channel] = steps.count
          steps.append(.init(channel: channel, uppers: []))
          received.append([Double](repeating: 0, count: rows.count))
          nodes.append(.init(layer: layer, channel: channel, level: level, relevance: .init([]), share: 0))
        }
        guard let step = places[channel] else { continue }
        steps[step].uppers.insert(upper)
        for (index, value) in values.enumerated() { received[step][index] += value }
        nodes[begin + step].share += part * share
        edges.append(.init(upper: place, lower: begin + step, relevance: .init(values), share: share))
      }
    }
    for (step, values) in received.enumerated() { nodes[begin + step].relevance = .init(values) }
    paths.append(steps)
    first = begin
    sortLastLevel()
  }

  /// Puts the most relevant channels of the last level first.
  private mutating func sortLastLevel() {
    let order = nodes[first...].indices.sorted {
      (nodes[$1].relevance.mean, nodes[$0].channel) < (nodes[$0].relevance.mean, nodes[$1].channel)
    }
    let steps = paths[paths.count - 1]
    paths[paths.count - 1] = order.map { steps[$0 - first] }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, first + $0) })
    nodes.replaceSubrange(first..., with: order.map { nodes[$0] })
    for index in edges.indices { edges[index].lower = places[edges[index].lower] ?? edges[index].lower }
  }

  private static func means(_ rows: [[Double]]) -> [Double] {
    var sum = [Double](repeating: 0, count: rows.first?.count ?? 0)
    for row in rows { for (channel, value) in row.enumerated() { sum[channel] += value } }
    return sum.map { $0 / Double(max(1, rows.count)) }
  }
}
