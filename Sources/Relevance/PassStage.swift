import CKernels
import NeuralNetwork

/// Relevance stays as it is.
final class PassStage: RelevanceStage {
  private let count: Int

  init(_ context: RelevanceContext) { count = context.count }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    if let first = inputs.first, let target = first { vitrine_accumulate(Int64(count), relevance, target) }
  }
}

/// Guided backpropagation: what is above zero passes where the activation is above zero.
final class GuidedStage: RelevanceStage {
  private let context: RelevanceContext

  init(_ context: RelevanceContext) { self.context = context }

  func propagate(_ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]) {
    guard let first = inputs.first, let target = first else { return }
    vitrine_relevance_guided(Int64(context.count), relevance, context.value, target)
  }
}
