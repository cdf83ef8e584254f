import CKernels
import NeuralNetwork

/// DeepInversion's prior (Yin et al. 2020, equation 4): the batch is to have the statistics that the training pictures
/// left in the network's batch normalizations.
///
/// The sum over layers of wₗ·(‖variance − running variance‖ + ‖mean − running mean‖), Euclidean norms over channels,
/// not squared. Mean and biased variance are those of the normalization's input over all pictures of the batch and all
/// positions.
final class BatchNormObjective: Objective {
  let taps: [Graph.NodeID]
  private let batch: Int
  private let sources: [Source]

  /// One normalization's statistics, by channel.
  fileprivate struct Prior {
    let mean: [Double]
    let variance: [Double]
    let weight: Double
  }

  /// A value that is normalized, as a rule by one layer, and memory for its statistics and gradient.
  fileprivate final class Source {
    let node: Graph.NodeID
    let layout: ChannelLayout
    var priors: [Prior] = []
    var means: [Double]
    var variances: [Double]
    /// The gradient is slope·x + shift by channel.
    var slopes: [Float]
    var shifts: [Float]

    init(_ node: Graph.NodeID, _ layout: ChannelLayout) {
      self.node = node
      self.layout = layout
      means = [Double](repeating: 0, count: layout.channels)
      variances = means
      slopes = [Float](repeating: 0, count: layout.channels)
      shifts = slopes
    }
  }

  /// `nil` if the network has no batch normalization. The first one in the network's order weighs `firstMultiplier`
  /// times as much as the others, which weigh `weight`.
  init?(in graph: Graph, batch: Int, weight: Double, firstMultiplier: Double) {
    self.batch = batch
    var sources: [Graph.NodeID: Source] = [:]
    var multiplier = firstMultiplier
    for node in graph.nodes {
      guard case .batchNorm(let norm) = node.operation, let input = node.inputs.first else { continue }
      let source = sources[input] ?? Source(input, graph[input].layout)
      source.priors.append(
        Prior(
          mean: norm.mean.values.map(Double.init), variance: norm.variance.values.map(Double.init),
          weight: multiplier * weight))
      sources[input] = source
      multiplier = 1
    }
    guard !sources.isEmpty else { return nil }
    self.sources = sources.values.sorted { $0.node < $1.node }
    taps = self.sources.map(\.node)
  }

  func evaluate(in executor: Executor) -> Double {
    sources.reduce(0) { loss, source in
      let (channels, positions) = (source.layout.channels, source.layout.positions)
      let value = start(of: executor.value(of: source.node))
      vitrine_channel_moments(
        Int64(batch), Int64(channels), Int64(positions), value, &source.means, &source.variances)
      let share = source.measure(numbers: Double(batch * positions))
      var map = vitrine_map(
        blocks: Int64(batch * channels), channel_blocks: Int64(channels), positions: Int64(positions),
        lanes: 1)
      vitrine_scale_shift(
        &map, source.slopes, source.shifts, 0, value, start(of: executor.seed(of: source.node)))
      return loss + share
    }
  }
}

extension BatchNormObjective.Source {
  /// The loss of the statistics measured last; sets the gradient's slopes and shifts. `numbers` went into each mean.
  fileprivate func measure(numbers: Double) -> Double {
    for channel in slopes.indices { (slopes[channel], shifts[channel]) = (0, 0) }
    var loss = 0.0
    for prior in priors {
      let byMean = Self.distance(means, prior.mean)
      let byVariance = Self.distance(variances, prior.variance)
      loss += prior.weight * (byMean + byVariance)
      // A norm has no slope at 0, where the statistics agree.
      let meanScale = byMean > 0 ? prior.weight / (byMean * numbers) : 0
      let varianceScale = byVariance > 0 ? 2 * prior.weight / (byVariance * numbers) : 0
      for channel in slopes.indices {
        let slope = varianceScale * (variances[channel] - prior.variance[channel])
        slopes[channel] += Float(slope)
        shifts[channel] += Float(
          meanScale * (means[channel] - prior.mean[channel]) - slope * means[channel])
      }
    }
    return loss
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for channel in a.indices { sum += (a[channel] - b[channel]) * (a[channel] - b[channel]) }
    return sum.squareRoot()
  }
}
