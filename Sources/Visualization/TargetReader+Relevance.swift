public import Network

extension TargetReader {
  /// The node that relevance starts from; `nil` for a sum over several layers, which no single one holds.
  public var relevanceNode: Graph.NodeID? { taps.count == 1 ? taps.first : nil }

  /// The slope of the activation, given the value of ``relevanceNode`` for one picture; as many numbers.
  public func slope(_ value: UnsafeBufferPointer<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: value.count)
    guard let numbers = value.baseAddress else { return result }
    for term in terms {
      result.withUnsafeMutableBufferPointer {
        if let seed = $0.baseAddress { term.addSlope(Double(term.weight), at: numbers, to: seed) }
      }
    }
    return result
  }

  /// The relevance that is sent back from ``relevanceNode``, given that node's value for one picture; as many numbers.
  ///
  /// A class gives its score, a channel its activation at every position or at the one that is meant. A direction gives
  /// its weights, at the position whose numbers point its way most (greatest cosine), as VITAL does for concepts (Görgün
  /// et al. 2025, supplement). A head gives what each of its numbers adds to their norm.
  public func relevance(_ value: UnsafeBufferPointer<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: value.count)
    guard let numbers = value.baseAddress else { return result }
    for term in terms { term.addRelevance(numbers, to: &result) }
    return result
  }
}

extension TermReader {
  fileprivate func addRelevance(_ value: UnsafePointer<Float>, to result: inout [Float]) {
    let share = weight / Float(positions.count)
    switch quantity {
    case .channels(let channels) where channels.count == 1:
      for position in positions {
        let index = layout.index(channels[0].channel, position)
        result[index] += share * channels[0].weight * value[index]
      }
    case .channels(let channels):
      let position = nearest(to: channels, value)
      for one in channels { result[layout.index(one.channel, position)] += weight * one.weight }
    case .norm(let channels):
      for position in positions {
        let length = Float(norm(value, channels, at: position))
        guard length > 0 else { continue }
        for channel in channels {
          let index = layout.index(channel, position)
          result[index] += share * value[index] * value[index] / length
        }
      }
    case .logProbability(let channel): result[channel] += weight * value[channel]
    }
  }

  /// The position of the greatest cosine with a direction.
  private func nearest(to direction: [ResolvedTarget.WeightedChannel], _ value: UnsafePointer<Float>) -> Int {
    func cosine(_ position: Int) -> Float {
      let product = direction.reduce(0) { $0 + $1.weight * value[layout.index($1.channel, position)] }
      let squares = (0..<layout.channels).reduce(Float(0)) {
        let number = value[layout.index($1, position)]
        return $0 + number * number
      }
      return squares > 0 ? product / squares.squareRoot() : -.infinity
    }
    return positions.max { cosine($0) < cosine($1) } ?? positions.lowerBound
  }
}
