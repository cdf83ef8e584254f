import CKernels
import COneDNN

/// x·Wᵀ + b over rows, straight from the checkpoint's weights, which are never copied.
final class LinearKernel: Kernel {
  private let context: KernelContext
  private let weight: Parameter
  private let bias: Parameter?
  private let rows: Int64
  private let (width, outputs): (Int64, Int64)

  init(_ operation: Operation.Linear, _ context: KernelContext) {
    self.context = context
    weight = operation.weight
    bias = operation.bias
    width = Int64(weight.shape[1])
    outputs = Int64(weight.shape[0])
    rows = Int64(context.output.count) / outputs
  }

  func forward() -> Step {
    let (x, y, addend) = (context.inputs[0], context.output, context.addend)
    let (weight, bias, rows, width, outputs) = (weight, bias, rows, width, outputs)
    guard let weights = weight.values.baseAddress else { return Step(context.node) { 0 } }
    return Step(context.node) {
      if let addend, addend.storage !== y.storage { vitrine_copy(Int64(y.count), addend.start, y.start) }
      vitrine_bias(rows, outputs, bias?.values.baseAddress, addend == nil ? 0 : 1, y.start)
      return vdnn_gemm(0, 1, rows, outputs, width, 1, x.start, width, weights, width, 1, y.start, outputs)
    }
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (weight, rows, width, outputs) = (weight, rows, width, outputs)
    guard let weights = weight.values.baseAddress else { return Step(context.node) { 0 } }
    return Step(context.node) {
      vdnn_gemm(
        0, 0, rows, width, outputs, 1, gradient.start, outputs, weights, width, accumulate ? 1 : 0,
        destination.start, width)
    }
  }
}
