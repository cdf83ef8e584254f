public import NeuralNetwork

extension TargetReader {
  /// Where relevance starts.
  public enum RelevanceStart: Sendable {
    /// From all positions: a class gives its score, a channel its activation at each position or at the one that is meant,
    /// a head what each of its numbers adds to their norm. A direction starts as ``position`` does.
    case activation
    /// The same, but summed over positions where the activation is their mean: what VITAL's authors start from.
    case sum
    /// From the one position whose numbers point most towards the channel or direction (greatest cosine), whose weights
    /// are given there: VITAL's `LRPRestricted`, and its way for concepts (Görgün et al. 2025, supplement).
    case position
    /// Not relevance, but the slope of the activation, for gradients and their kin: a channel's is the same at all
    /// positions.
    case slope
  }

  /// The node that relevance starts from; `nil` for a sum over several layers, which no single one holds.
  public var relevanceNode: Graph.NodeID? { taps.count == 1 ? taps.first : nil }

  /// The relevance that is sent back from ``relevanceNode``, given that node's value for one picture: written over as
  /// many zeros.
  public func writeRelevance(
    _ start: RelevanceStart, of value: UnsafeBufferPointer<Float>,
    to result: UnsafeMutableBufferPointer<Float>
  ) {
    guard let numbers = value.baseAddress, let result = result.baseAddress else { return }
    for term in terms {
      switch start {
      case .slope: term.addSlope(Double(term.weight), at: numbers, to: result)
      case .activation, .sum, .position: term.addRelevance(start, numbers, to: result)
      }
    }
  }

  /// The same as numbers of their own.
  public func relevance(_ start: RelevanceStart, of value: UnsafeBufferPointer<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: value.count)
    result.withUnsafeMutableBufferPointer { writeRelevance(start, of: value, to: $0) }
    return result
  }
}

extension TermReader {
  fileprivate func addRelevance(
    _ start: TargetReader.RelevanceStart, _ value: UnsafePointer<Float>,
    to result: UnsafeMutablePointer<Float>
  ) {
    let share = start == .sum ? weight : weight / Float(positions.count)
    switch quantity {
    case .channels(let channels) where channels.count == 1 && start != .position:
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
      var (product, squares) = (Float(0), Float(0))
      for one in direction { product += one.weight * value[layout.index(one.channel, position)] }
      for channel in 0..<layout.channels {
        let number = value[layout.index(channel, position)]
        squares += number * number
      }
      return squares > 0 ? product / squares.squareRoot() : -.infinity
    }
    var best = (position: positions.lowerBound, cosine: -Float.infinity)
    for position in positions {
      let cosine = cosine(position)
      if cosine > best.cosine { best = (position, cosine) }
    }
    return best.position
  }
}
