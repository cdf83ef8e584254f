/// Everything between a network's input and its taps, planned: stages, memory and steps.
struct ForwardPlan {
  let graph: Graph
  let batch: Int
  let stages: [Stage]
  private(set) var kernels: [any Kernel] = []
  private(set) var steps: [Step] = []
  /// The values of the stages' outputs, and of the input.
  private(set) var values: [Graph.NodeID: Value] = [:]
  /// Taps in row-major order.
  private(set) var taps: [Graph.NodeID: Value] = [:]
  /// Memory that is free once the forward steps have run, for backward plans to take.
  private(set) var pool = StoragePool()

  private let scratch = Scratch()
  private let gradient: Bool
  private let precision: Precision
  /// Copies in another layout, for stages that need one.
  private var converted: [Graph.NodeID: Value] = [:]

  init(
    graph: Graph, batch: Int, taps wanted: [Graph.NodeID], gradient: Bool, precision: Precision
  ) throws(NetworkError) {
    self.graph = graph
    self.batch = batch
    self.gradient = gradient
    self.precision = precision
    stages = graph.stages(for: wanted)
    values[graph.input] = pool.take(Extents(batch: batch, shape: graph[graph.input].shape, layout: .plain))
    var readers: [Graph.NodeID: Int] = [:]
    for stage in stages { for id in stage.reads(in: graph) { readers[id, default: 0] += 1 } }
    var kept = Set(wanted).union([graph.input])
    for stage in stages {
      let kernel = try plan(stage, lastReader: { readers[$0] == 1 && !kept.contains($0) })
      kernels.append(kernel)
      if gradient {
        if kernel.keepsInputs { kept.formUnion(stage.inputs(in: graph)) }
        if stage.endsInReLU(in: graph), !kernel.rectifiesGradient { kept.insert(stage.output) }
      }
      if wanted.contains(stage.output) { try deliver(stage.output) }
      for id in stage.reads(in: graph) {
        readers[id, default: 1] -= 1
        if readers[id] == 0 { release(id, kept: kept) }
      }
    }
    if wanted.contains(graph.input) { taps[graph.input] = values[graph.input] }
  }

  /// The layout of a stage's input, as its kernel reads it.
  func inputExtents(_ id: Graph.NodeID, of stage: Stage) -> Extents {
    let extents = Extents(batch: batch, shape: graph[id].shape, layout: values[id]?.layout ?? .plain)
    return extents.with(Self.layout(of: extents, for: stage, in: graph))
  }

  private mutating func plan(
    _ stage: Stage, lastReader: (Graph.NodeID) -> Bool
  ) throws(NetworkError) -> any Kernel {
    let node = graph[stage.output].name
    var inputs: [Value] = []
    for id in stage.inputs(in: graph) {
      inputs.append(try value(id, as: inputExtents(id, of: stage), node: node))
    }
    let extents = Extents(
      batch: batch, shape: graph[stage.output].shape,
      layout: Self.outputLayout(of: stage, first: inputs.first?.layout ?? .plain, in: graph))
    if case .add = graph[stage.main].operation {
      inputs[1] = try value(graph[stage.main].inputs[1], as: extents, node: node)
    }
    var addend: Value?
    var output: Value?
    if let id = stage.addend {
      addend = try value(id, as: extents, node: node)
      // The sum may replace what it adds if nobody reads that again.
      if lastReader(id), addend?.storage === values[id]?.storage { output = addend }
    }
    let made = output ?? pool.take(extents)
    values[stage.output] = made
    let kernel = try graph[stage.main].operation.kernel(
      KernelContext(
        node: node, stage: stage, inputs: inputs, addend: addend, output: made, scratch: scratch,
        gradient: gradient,
        precision: precision))
    steps.append(try kernel.forward())
    return kernel
  }

  /// A node's value in a layout, converted on its way if need be.
  private mutating func value(
    _ id: Graph.NodeID, as extents: Extents, node: String
  ) throws(NetworkError) -> Value {
    guard let value = values[id] else { throw .kernel(node: node, reason: "an input was planned too late") }
    if value.layout == extents.layout { return value }
    if let other = converted[id], other.layout == extents.layout { return other }
    let other = Value(extents: extents, storage: Storage(capacity: extents.count))
    steps.append(try .transfer(value, to: other, accumulate: false, node: node))
    converted[id] = other
    return other
  }

  private mutating func deliver(_ tap: Graph.NodeID) throws(NetworkError) {
    guard let value = values[tap] else { return }
    if value.layout == .plain {
      taps[tap] = value
      return
    }
    let extents = value.extents.with(.plain)
    let plain = Value(extents: extents, storage: Storage(capacity: extents.count))
    steps.append(try .transfer(value, to: plain, accumulate: false, node: graph[tap].name))
    taps[tap] = plain
  }

  private mutating func release(_ id: Graph.NodeID, kept: Set<Graph.NodeID>) {
    guard !kept.contains(id), let value = values[id] else { return }
    let shared = values.contains { $0.key != id && $0.value.storage === value.storage }
    if !shared { pool.release(value.storage) }
  }

  private static func layout(of value: Extents, for stage: Stage, in graph: Graph) -> Layout {
    switch graph[stage.main].operation {
    case .convolution:
      // A picture's few planes are read as they are.
      return value.layout == .plain && value.shape[0] <= 4 ? .plain : .forMaps
    case .concatenate: return .forMaps
    case .channelNorm: return .channelsLast
    case .activation(let function) where !function.keepsZero: return .plain
    case .gridAveragePool, .flatten: return .plain
    default: return value.layout
    }
  }

  private static func outputLayout(of stage: Stage, first: Layout, in graph: Graph) -> Layout {
    switch graph[stage.main].operation {
    case .convolution, .concatenate, .map, .padChannels: .forMaps
    case .input, .batchNorm, .relu, .gelu, .activation, .maxPool, .averagePool, .zeroPad, .add, .scale, .gate,
      .channelNorm:
      first
    case .globalAveragePool, .gridAveragePool, .linear, .layerNorm, .tokens, .rows, .selfAttention,
      .tokenAttention, .unitLength, .selectToken, .tokenMean, .flatten:
      .plain
    }
  }
}

extension Stage {
  /// Whether the derivative of its last operation is read off its output.
  func endsInReLU(in graph: Graph) -> Bool {
    if case .relu = graph[main].operation { return true }
    return relu
  }
}

extension Operation {
  /// The kernel that computes the stage of which this is the main operation.
  func kernel(_ context: KernelContext) throws(NetworkError) -> any Kernel {
    switch self {
    case .input: throw .kernel(node: context.node, reason: "the input isn't computed")
    case .convolution(let operation): try ConvolutionKernel(operation, context)
    case .batchNorm(let operation): ScaleShiftKernel(operation, context)
    case .relu: ReLUKernel(context)
    case .gelu: GELUKernel(context)
    case .activation(let function): ActivationKernel(function, context)
    case .maxPool(let operation): try PoolingKernel(operation, maximum: true, context)
    case .averagePool(let operation): try PoolingKernel(operation, maximum: false, context)
    case .globalAveragePool: GlobalPoolingKernel(context)
    case .gridAveragePool: GridPoolingKernel(context)
    case .zeroPad(let padding): ZeroPaddingKernel(padding, context)
    case .padChannels(let before, _): SliceKernel(context, offsets: [before])
    case .concatenate: SliceKernel(context)
    case .rows, .map: SliceKernel(context)
    case .scale(let operation): ScaleKernel(operation, context)
    case .gate: GateKernel(context)
    case .add: AddKernel(context)
    case .linear(let operation): try LinearKernel(operation, context)
    case .layerNorm(let operation), .channelNorm(let operation): LayerNormKernel(operation, context)
    case .tokens(let operation): TokensKernel(operation, context)
    case .selfAttention(let heads, let causal): AttentionKernel(heads: heads, causal: causal, context)
    case .tokenAttention(let heads, let token, let causal):
      AttentionKernel(heads: heads, causal: causal, token: token, context)
    case .unitLength: UnitLengthKernel(context)
    case .selectToken(let token): SelectTokenKernel(token, context)
    case .tokenMean(let first): TokenMeanKernel(from: first, context)
    case .flatten: FlattenKernel(context)
    }
  }
}
