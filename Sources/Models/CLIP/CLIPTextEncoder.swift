import NeuralNetwork

/// Runs texts through CLIP's text tower. One thread at a time.
///
/// A token doesn't see those after it, so nothing after the end's mark is computed: texts are sorted by their length and
/// run with others of the same. A caption has a dozen tokens where the published code runs 77.
final class CLIPTextEncoder {
  let tower: CLIPTextTower
  private let weights: RememberedWeights
  private let tokens: Parameter
  private let positions: Parameter

  /// About so many tokens run together: enough to keep the processor busy, and few enough to stay in its cache.
  private static let tokensARun = 1024

  /// An encoder of a tower; weights are asked for at once, so that a source can tell what it lacks. Throws
  /// ``NetworkError`` if layers don't fit.
  init(_ tower: CLIPTextTower, weights source: any WeightSource) throws(NetworkError) {
    self.tower = tower
    weights = RememberedWeights(source)
    tokens = weights.parameter(tower.names.textTokens, [tower.symbols, tower.width])
    positions = weights.parameter(tower.names.textPositions, [tower.context, tower.width])
    _ = try tower.build(count: 1, weights: weights)
  }

  /// The embeddings of texts, of unit length, one after another. Each text is from 1 token to the tower's context,
  /// its last token the mark of the end; `progress` is told how many texts are done.
  func embeddings(
    of texts: [[Int]], options: Executor.Options = .init(), progress: (_ done: Int) -> Void = { _ in }
  ) throws(NetworkError) -> [Float] {
    var result = [Float](repeating: 0, count: texts.count * tower.embedding)
    var done = 0
    let byLength = Dictionary(grouping: texts.indices) { texts[$0].count }
    for (length, members) in byLength.sorted(by: { $0.key < $1.key }) {
      precondition((1...tower.context).contains(length), "a text fits the tower")
      let (graph, output) = try tower.build(count: length, weights: weights)
      let batch = min(members.count, max(1, Self.tokensARun / length))
      let executor = try Executor(
        graph: graph, batch: batch, taps: [output], gradient: false, options: options)
      for start in stride(from: 0, to: members.count, by: batch) {
        let group = members[start..<min(start + batch, members.count)]
        for (row, text) in group.enumerated() { embed(texts[text], into: executor.input, row * length) }
        // A last group that isn't full leaves old texts behind it, whose embeddings aren't read.
        try executor.forward()
        let values = executor.value(of: output)
        for (row, text) in group.enumerated() {
          for index in 0..<tower.embedding {
            result[text * tower.embedding + index] = values[row * tower.embedding + index]
          }
        }
        done += group.count
        progress(done)
      }
    }
    return result
  }

  /// Writes the embeddings of a text's tokens and their positions, from a row on.
  private func embed(_ text: [Int], into input: UnsafeMutableBufferPointer<Float>, _ row: Int) {
    let width = tower.width
    let (tokens, positions) = (tokens.values, positions.values)
    for (position, token) in text.enumerated() {
      for index in 0..<width {
        input[(row + position) * width + index] =
          tokens[token * width + index] + positions[position * width + index]
      }
    }
  }
}

/// Weights that are fetched once and then remembered: graphs for texts of several lengths share them.
private final class RememberedWeights: WeightSource {
  private let source: any WeightSource
  private var known: [String: Parameter] = [:]

  init(_ source: any WeightSource) { self.source = source }

  func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    if let parameter = known[name] { return parameter }
    let parameter = source.parameter(name, shape)
    known[name] = parameter
    return parameter
  }
}
