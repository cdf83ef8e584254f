import CKernels
import COneDNN

/// Multi-head self-attention: one task for each head of each picture.
final class AttentionKernel: Kernel {
  private let context: KernelContext
  private let job: Job
  var keepsInputs: Bool { true }

  init(heads: Int, _ context: KernelContext) {
    self.context = context
    let (tokens, width) = (context.output.extents.shape[0], context.output.extents.shape[1])
    let batch = context.output.extents.batch
    job = Job(
      heads: heads, tokens: tokens, width: width, tasks: batch * heads, input: context.inputs[0],
      output: context.output, weights: Storage(capacity: batch * heads * tokens * tokens))
  }

  func forward() -> Step {
    let job = job
    return Step(context.node) {
      job.run { task, shared in
        if let shared { Unmanaged<Job>.fromOpaque(shared).takeUnretainedValue().forward(task) }
      }
    }
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let job = GradientJob(job, gradient: gradient, destination: destination, accumulate: accumulate)
    return Step(context.node) {
      job.run { task, shared in
        if let shared { Unmanaged<GradientJob>.fromOpaque(shared).takeUnretainedValue().backward(task) }
      }
    }
  }
}

/// What the tasks of one attention share.
private class Job {
  let (heads, tokens, width, tasks): (Int, Int, Int, Int)
  let input: Value
  let output: Value
  /// softmax(QKᵀ/√d), tasks×T×T.
  let weights: Storage
  /// The first status that wasn't 0; tasks write it rarely, and any of them will do.
  var status: Int32 = 0

  init(heads: Int, tokens: Int, width: Int, tasks: Int, input: Value, output: Value, weights: Storage) {
    (self.heads, self.tokens, self.width, self.tasks) = (heads, tokens, width, tasks)
    (self.input, self.output, self.weights) = (input, output, weights)
  }

  var headWidth: Int { width / heads }
  var scale: Float { 1 / Float(headWidth).squareRoot() }

  func run(_ body: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void) -> Int32 {
    status = 0
    vitrine_parallel(Int32(tasks), body, Unmanaged.passUnretained(self).toOpaque())
    return status
  }

  /// Where query, key or value (`part` 0, 1, 2) of a task's head start in tokens of 3·width numbers.
  func start(of part: Int, _ task: Int, in value: Value) -> UnsafeMutablePointer<Float> {
    value.start + (task / heads) * tokens * 3 * width + part * width + (task % heads) * headWidth
  }

  func weights(of task: Int) -> UnsafeMutablePointer<Float> { weights.start + task * tokens * tokens }

  /// Where a task's head starts in tokens of `width` numbers.
  func head(_ task: Int, in value: Value) -> UnsafeMutablePointer<Float> {
    value.start + (task / heads) * tokens * width + (task % heads) * headWidth
  }

  func product(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Float>, _ rowA: Int, _ b: UnsafePointer<Float>, _ rowB: Int, add: Bool,
    _ c: UnsafeMutablePointer<Float>, _ rowC: Int
  ) {
    let code = vdnn_gemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int64(m), Int64(n), Int64(k), 1, a, Int64(rowA), b, Int64(rowB),
      add ? 1 : 0, c, Int64(rowC))
    if code != 0 { status = code }
  }

  func forward(_ index: Int32) {
    let task = Int(index)
    let (p, row) = (weights(of: task), 3 * width)
    product(
      false, true, tokens, tokens, headWidth, start(of: 0, task, in: input), row,
      start(of: 1, task, in: input), row,
      add: false, p, tokens)
    vitrine_softmax(Int64(tokens), Int64(tokens), scale, p)
    product(
      false, false, tokens, headWidth, tokens, p, tokens, start(of: 2, task, in: input), row, add: false,
      head(task, in: output), width)
  }
}

/// The gradient of an attention: dV = Pᵀ·dO, dP = dO·Vᵀ, dS = P∘(dP − Σ dP∘P)/√d, dQ = dS·K, dK = dSᵀ·Q.
private final class GradientJob: Job {
  private let gradient: Value
  private let destination: Value
  private let accumulate: Bool
  private let scores: Storage

  init(_ job: Job, gradient: Value, destination: Value, accumulate: Bool) {
    self.gradient = gradient
    self.destination = destination
    self.accumulate = accumulate
    scores = Storage(capacity: job.tasks * job.tokens * job.tokens)
    super.init(
      heads: job.heads, tokens: job.tokens, width: job.width, tasks: job.tasks, input: job.input,
      output: job.output, weights: job.weights)
  }

  func backward(_ index: Int32) {
    let task = Int(index)
    let (p, row) = (weights(of: task), 3 * width)
    let given = head(task, in: gradient)
    let change = scores.start + task * tokens * tokens
    product(
      true, false, tokens, headWidth, tokens, p, tokens, given, width, add: accumulate,
      start(of: 2, task, in: destination), row)
    product(
      false, true, tokens, tokens, headWidth, given, width, start(of: 2, task, in: input), row, add: false,
      change,
      tokens)
    vitrine_softmax_backward(Int64(tokens), Int64(tokens), scale, p, change)
    product(
      false, false, tokens, headWidth, tokens, change, tokens, start(of: 1, task, in: input), row,
      add: accumulate,
      start(of: 0, task, in: destination), row)
    product(
      true, false, tokens, headWidth, tokens, change, tokens, start(of: 0, task, in: input), row,
      add: accumulate,
      start(of: 1, task, in: destination), row)
  }
}
