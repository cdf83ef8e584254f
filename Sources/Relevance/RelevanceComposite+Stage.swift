import NeuralNetwork

extension RelevanceComposite {
  /// The way back of an operation.
  func stage(for context: RelevanceContext, isFirst: Bool) throws(NetworkError) -> any RelevanceStage {
    switch context.node.operation {
    case .input: throw .kernel(node: context.node.name, reason: "the picture has no inputs")
    case .convolution: return try stage(isFirst ? first ?? convolution : convolution, context)
    case .linear: return try stage(isFirst ? first ?? linear : linear, context)
    case .relu, .gelu, .activation:
      switch activation {
      case .pass: return PassStage(context)
      case .gradient: return try OperationStage(.gradient, context)
      case .guided: return GuidedStage(context)
      }
    case .add: return SumStage(sum, context)
    case .concatenate: return ConcatenationStage(context)
    case .maxPool(let pooling):
      switch maxPool {
      case .winner: return try OperationStage(.gradient, context)
      case .mean: return try MeanPoolingStage(pooling, context)
      }
    case .averagePool, .globalAveragePool, .gridAveragePool, .tokenMean:
      return try stage(mean, context)
    case .gate: return GateStage(isGradient: scaling == .gradient, context)
    case .batchNorm, .scale, .unitLength:
      switch scaling {
      case .pass: return PassStage(context)
      case .epsilon(let epsilon): return try OperationStage(.epsilon(epsilon), context)
      case .gradient: return try OperationStage(.gradient, context)
      }
    case .layerNorm(let operation), .channelNorm(let operation):
      switch layerNorm {
      case .epsilon(let epsilon): return LayerNormStage(operation, epsilon: epsilon, context)
      case .pass: return PassStage(context)
      case .gradient: return try OperationStage(.gradient, context)
      }
    case .selfAttention, .tokenAttention:
      guard let attention else {
        throw .unsupported(
          "\(context.node.name): the rules \"\(name)\" are made for convolutional networks and know no attention; use \"attention\""
        )
      }
      switch attention {
      case .attention(let epsilon):
        return try OperationStage(.attention(epsilon: epsilon, factors: (0.25, 0.25, 0.5)), context)
      case .values(let epsilon):
        return try OperationStage(.attention(epsilon: epsilon, factors: (0, 0, 1)), context)
      case .gradient: return try OperationStage(.gradient, context)
      }
    case .tokens:
      // The embeddings of places, and the class token, take the part that they gave.
      guard case .gradient = linear else {
        return try OperationStage(.epsilon(RelevanceRule.stabilizer), context)
      }
      return try OperationStage(.gradient, context)
    case .zeroPad, .padChannels, .rows, .map, .selectToken, .flatten:
      return try OperationStage(.gradient, context)
    }
  }

  private func stage(
    _ rule: RelevanceRule, _ context: RelevanceContext
  ) throws(NetworkError) -> any RelevanceStage {
    switch rule {
    case .gradient: try OperationStage(.gradient, context)
    case .epsilon(let epsilon): try OperationStage(.epsilon(epsilon), context)
    default: try RuleStage(rule, context)
    }
  }
}
