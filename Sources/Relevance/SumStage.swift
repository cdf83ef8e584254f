import CKernels
import NeuralNetwork

/// A sum of two branches.
final class SumStage: RelevanceStage {
  private let context: RelevanceContext
  private let rule: RelevanceComposite.SumRule

  init(_ rule: RelevanceComposite.SumRule, _ context: RelevanceContext) {
    self.rule = rule
    self.context = context
  }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    let count = Int64(context.count)
    for (index, input) in inputs.enumerated() {
      guard let target = input else { continue }
      let (part, other) = (context.inputs[index], context.inputs[1 - index])
      switch rule {
      case .contributions(let epsilon):
        vitrine_relevance_summand(count, relevance, part, other, Float(epsilon), target)
      case .magnitudes: vitrine_relevance_magnitude(count, relevance, part, other, target)
      case .gradient: vitrine_accumulate(count, relevance, target)
      }
    }
  }
}

/// Channels of several maps, one after another: each gets its own.
final class ConcatenationStage: RelevanceStage {
  private let context: RelevanceContext

  init(_ context: RelevanceContext) { self.context = context }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    let whole = context.count / context.batch
    for picture in 0..<context.batch {
      var from = relevance + picture * whole
      for (index, input) in inputs.enumerated() {
        let part = context.inputCount(index) / context.batch
        if let target = input { vitrine_accumulate(Int64(part), from, target + picture * part) }
        from += part
      }
    }
  }
}

/// A map whose channels are scaled by factors that the network computed. Under rules the factors count as constants and
/// the map gets all; under gradients both get theirs.
final class GateStage: RelevanceStage {
  private let context: RelevanceContext
  private let isGradient: Bool

  init(isGradient: Bool, _ context: RelevanceContext) {
    self.isGradient = isGradient
    self.context = context
  }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    guard isGradient else {
      if let first = inputs.first, let target = first {
        vitrine_accumulate(Int64(context.count), relevance, target)
      }
      return
    }
    let channels = context.batch * context.node.shape[0]
    let area = context.count / channels
    for channel in 0..<channels {
      let (map, given) = (context.inputs[0] + channel * area, relevance + channel * area)
      if let target = inputs[0] {
        vitrine_axpy(given, target + channel * area, area, context.inputs[1][channel])
      }
      inputs[1]?[channel] += Float(vitrine_dot(map, given, area))
    }
  }
}
