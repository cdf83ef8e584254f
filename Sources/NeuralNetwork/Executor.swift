import CKernels

/// Runs a graph forward to its taps, and backward from them to its input.
///
/// Everything is planned once, for a batch size: layouts, memory, kernels. A run then allocates nothing. Batch
/// normalizations are folded into convolutions and sums and activations fused wherever no tap needs the value
/// between; the forward run ends at the last tap, the backward run starts at the deepest seed, and no gradient of
/// weights is ever computed.
///
/// An executor belongs to one thread at a time. Each of several threads may run its own.
public final class Executor {
  /// How an executor computes.
  public struct Options: Sendable, Equatable {
    /// The numbers that are multiplied.
    public var precision: Precision
    /// How many threads share the work of one run; 0 takes all processors.
    public var threads: Int

    /// Options, by default single precision on all processors.
    public init(precision: Precision = .float32, threads: Int = 0) {
      self.precision = precision
      self.threads = threads
    }
  }

  /// The network.
  public let graph: Graph
  /// How many pictures a run takes.
  public let batch: Int
  /// The nodes whose values are read or seeded.
  public let taps: [Graph.NodeID]
  /// The pictures, N×C×H×W in row-major order; fill them before ``forward()``.
  public let input: UnsafeMutableBufferPointer<Float>
  /// dL/d(input), N×C×H×W, after ``backward(from:)``; empty if the executor was made without gradient.
  public let inputGradient: UnsafeBufferPointer<Float>

  private let plan: ForwardPlan
  /// Where the plan's network has a node of the graph.
  private let ids: [Graph.NodeID: Graph.NodeID]
  private let threads: Int32
  private let destination: Value
  private let seeds: [Graph.NodeID: Value]
  private var backwardPlans: [[Graph.NodeID]: BackwardPlan] = [:]

  /// Plans the runs of a graph.
  ///
  /// - Parameters:
  ///   - batch: Pictures a run, at least 1.
  ///   - taps: Nodes whose values are read or seeded. Nothing that they don't depend on is computed.
  ///   - gradient: Whether ``backward(from:)`` will be called.
  /// - Throws: ``NetworkError/unsupported(_:)`` if there is no picture in a run, and
  ///   ``NetworkError/kernel(node:reason:)`` if the kernel library refuses a node.
  public init(
    graph: Graph, batch: Int, taps: [Graph.NodeID], gradient: Bool = true, options: Options = .init()
  ) throws(NetworkError) {
    guard batch > 0 else { throw .unsupported("a run needs at least one picture, not \(batch)") }
    self.graph = graph
    self.batch = batch
    self.taps = taps
    threads = Int32(options.threads > 0 ? options.threads : Int(vitrine_processors()))
    // oneDNN plans for the number of threads that it is going to run on.
    let former = vitrine_set_threads(threads)
    defer { _ = vitrine_set_threads(former) }
    let narrowed = try graph.narrowed(for: taps)
    ids = narrowed.ids
    plan = try ForwardPlan(
      graph: narrowed.graph, batch: batch, taps: taps.compactMap { narrowed.ids[$0] }, gradient: gradient,
      precision: options.precision)
    let extents = Extents(batch: batch, shape: graph[graph.input].shape, layout: .plain)
    destination = Value(extents: extents, storage: Storage(capacity: gradient ? extents.count : 0))
    inputGradient = UnsafeBufferPointer(start: destination.start, count: gradient ? extents.count : 0)
    input = UnsafeMutableBufferPointer(start: plan.values[graph.input]?.start, count: extents.count)
    var seeds: [Graph.NodeID: Value] = [:]
    if gradient {
      for (tap, value) in plan.taps {
        seeds[tap] = Value(extents: value.extents, storage: Storage(capacity: value.count))
      }
    }
    self.seeds = seeds
    if gradient { _ = try backwardPlan(from: taps) }
  }

  /// Computes the values of all taps from ``input``.
  public func forward() throws(NetworkError) {
    let former = vitrine_set_threads(threads)
    defer { _ = vitrine_set_threads(former) }
    try plan.steps.run()
  }

  /// A tap's value in row-major order, N×C×H×W, N×T×D or N×D; valid until the next ``forward()``.
  ///
  /// - Precondition: `tap` is one of ``taps``.
  public func value(of tap: Graph.NodeID) -> UnsafeBufferPointer<Float> {
    let value = ids[tap].flatMap { plan.taps[$0] }
    precondition(value != nil, "value(of:) is for taps")
    return UnsafeBufferPointer(start: value?.start, count: value?.count ?? 0)
  }

  /// Where to write dL/d(tap), laid out as the tap's value; starts as zeros and is never changed by a run.
  ///
  /// - Precondition: `tap` is one of ``taps``, and the executor was made with gradient.
  public func seed(of tap: Graph.NodeID) -> UnsafeMutableBufferPointer<Float> {
    let seed = ids[tap].flatMap { seeds[$0] }
    precondition(seed != nil, "seed(of:) is for taps of an executor with gradient")
    return UnsafeMutableBufferPointer(start: seed?.start, count: seed?.count ?? 0)
  }

  /// Computes ``inputGradient`` from the seeds written at these taps; others count as zero. Belongs to the last
  /// ``forward()``. The first run from a new set of taps plans it.
  ///
  /// - Precondition: As for ``seed(of:)``.
  public func backward(from seeds: [Graph.NodeID]) throws(NetworkError) {
    let former = vitrine_set_threads(threads)
    defer { _ = vitrine_set_threads(former) }
    try backwardPlan(from: seeds).steps.run()
  }

  private func backwardPlan(from taps: [Graph.NodeID]) throws(NetworkError) -> BackwardPlan {
    if let known = backwardPlans[taps] { return known }
    let chosen = seeds.filter { seed in taps.contains { ids[$0] == seed.key } }
    precondition(
      chosen.count == Set(taps.map { ids[$0] }).count, "seeds are taps of an executor with gradient")
    let made = try BackwardPlan(plan, seeds: chosen, destination: destination)
    backwardPlans[taps] = made
    return made
  }

  /// All steps of a forward run and of the way back from all taps, for profiles.
  var steps: [Step] { plan.steps + (backwardPlans[taps]?.steps ?? []) }
}
