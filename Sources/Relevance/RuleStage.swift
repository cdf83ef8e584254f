import CKernels
import NeuralNetwork

/// A convolution or linear layer under a rule that changes its input and weights.
final class RuleStage: RelevanceStage {
  /// A run with memory for its result.
  private struct Planned {
    let run: RuleExpansion.Run
    let executor: Executor
    let tap: Graph.NodeID
  }

  private struct PlannedGroup {
    let group: RuleExpansion.Group
    let runs: [Planned]
  }

  private let context: RelevanceContext
  private let groups: [PlannedGroup]
  private let sum: Block

  init(_ rule: RelevanceRule, _ context: RelevanceContext) throws(NetworkError) {
    self.context = context
    sum = Block(count: context.count)
    var groups: [PlannedGroup] = []
    for group in rule.expansion(ofNonNegative: context.isNonNegative).groups {
      var runs: [Planned] = []
      for run in group.runs { runs.append(try Self.plan(run, context)) }
      groups.append(PlannedGroup(group: group, runs: runs))
    }
    self.groups = groups
  }

  private static func plan(
    _ run: RuleExpansion.Run, _ context: RelevanceContext
  ) throws(NetworkError) -> Planned {
    var graph = Graph(inputShape: context.inputShapes[0])
    let operation = context.node.operation.changed(run.weights, keepsBias: run.hasBias)
    let tap = try graph.add(context.node.name, operation, graph.input)
    let executor = try Executor(graph: graph, batch: context.batch, taps: [tap], options: context.options)
    return Planned(run: run, executor: executor, tap: tap)
  }

  func propagate(
    _ relevance: UnsafePointer<Float>, to inputs: [UnsafeMutablePointer<Float>?]
  ) throws(NetworkError) {
    guard let first = inputs.first, let target = first else { return }
    let (count, inputCount) = (Int64(context.count), Int64(context.inputCount(0)))
    for planned in groups {
      let group = planned.group
      for (index, one) in planned.runs.enumerated() {
        guard let input = one.executor.input.baseAddress,
          let result = one.executor.value(of: one.tap).baseAddress
        else { continue }
        fill(input, one.run.input)
        try one.executor.forward()
        switch (index, one.run.isSubtracted) {
        case (0, _): sum.start.update(from: result, count: context.count)
        case (_, false): vitrine_accumulate(count, result, sum.start)
        case (_, true): vitrine_axpy(result, sum.start, context.count, -1)
        }
      }
      for one in planned.runs {
        guard let seed = one.executor.seed(of: one.tap).baseAddress,
          let input = one.executor.input.baseAddress, let gradient = one.executor.inputGradient.baseAddress
        else { continue }
        let factor = Float(one.run.isSubtracted ? -group.factor : group.factor)
        vitrine_relevance_ratio(
          count, relevance, sum.start, Float(group.epsilon), factor, context.value, Int32(group.sign), seed)
        try one.executor.backward(from: [one.tap])
        vitrine_relevance_collect(inputCount, input, gradient, target)
      }
    }
  }

  private func fill(_ input: UnsafeMutablePointer<Float>, _ kind: RuleExpansion.Input) {
    let count = context.inputCount(0)
    switch kind {
    case .value: input.update(from: context.inputs[0], count: count)
    case .positive: vitrine_relevance_part(Int64(count), context.inputs[0], 1, input)
    case .negative: vitrine_relevance_part(Int64(count), context.inputs[0], -1, input)
    case .ones: input.update(repeating: 1, count: count)
    case .low: fill(input, with: context.bounds.low)
    case .high: fill(input, with: context.bounds.high)
    }
  }

  private func fill(_ input: UnsafeMutablePointer<Float>, with channels: [Float]) {
    let area = context.inputCount(0) / max(1, context.batch * channels.count)
    for plane in 0..<context.batch * channels.count {
      (input + plane * area).update(repeating: channels[plane % channels.count], count: area)
    }
  }
}

/// Memory of zeros.
final class Block {
  let start: UnsafeMutablePointer<Float>
  let count: Int

  init(count: Int) {
    self.count = count
    start = .allocate(capacity: max(1, count))
    start.initialize(repeating: 0, count: max(1, count))
  }

  func clear() { start.update(repeating: 0, count: count) }

  deinit { start.deallocate() }
}

extension Operation {
  /// A convolution or linear layer with changed weights; others as they are.
  fileprivate func changed(_ weights: RuleExpansion.Weights, keepsBias: Bool) -> Operation {
    switch self {
    case .convolution(var op):
      op.weight = op.weight.changed(weights)
      op.bias = keepsBias ? op.bias?.changed(weights) : nil
      return .convolution(op)
    case .linear(var op):
      op.weight = op.weight.changed(weights)
      op.bias = keepsBias ? op.bias?.changed(weights) : nil
      return .linear(op)
    default: return self
    }
  }
}

extension Parameter {
  fileprivate func changed(_ weights: RuleExpansion.Weights) -> Parameter {
    func map(_ change: (Float) -> Float) -> Parameter {
      Parameter(name: name, shape: shape, copying: values.map(change))
    }
    return switch weights {
    case .given: self
    case .positive: map { max($0, 0) }
    case .negative: map { min($0, 0) }
    case .raised(let gamma): map { $0 + Float(gamma) * max($0, 0) }
    case .lowered(let gamma): map { $0 + Float(gamma) * min($0, 0) }
    case .ones: map { _ in 1 }
    case .squares: map { $0 * $0 }
    }
  }
}
