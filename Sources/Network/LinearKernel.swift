import CKernels

/// x·Wᵀ + b over rows, straight from the checkpoint's weights, which are never copied.
final class LinearKernel: Kernel {
  private let context: KernelContext
  private let weight: Parameter
  private let bias: Parameter?
  private let (rows, width, outputs): (Int, Int, Int)

  init(_ operation: Operation.Linear, _ context: KernelContext) {
    self.context = context
    weight = operation.weight
    bias = operation.bias
    width = weight.shape[1]
    outputs = weight.shape[0]
    rows = context.output.count / outputs
  }

  func forward() throws(NetworkError) -> Step {
    let (y, addend, bias) = (context.output, context.addend, bias)
    let (rows, outputs) = (Int64(rows), Int64(outputs))
    let product = MatrixProduct(
      rows: self.rows, columns: self.outputs, depth: width, a: context.inputs[0].start, b: try weights,
      transposed: true, c: y.start, accumulate: true)
    return Step(
      context.node, "linear",
      always: {
        if let addend, addend.storage !== y.storage { vitrine_copy(Int64(y.count), addend.start, y.start) }
        vitrine_bias(rows, outputs, bias?.values.baseAddress, addend == nil ? 0 : 1, y.start)
        product.run()
      })
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    let product = MatrixProduct(
      rows: rows, columns: width, depth: outputs, a: gradient.start, b: try weights, transposed: false,
      c: destination.start, accumulate: accumulate)
    return Step(
      context.node, "gradient linear",
      always: { [gradient, destination, weight] in
        _ = (gradient.storage, destination.storage, weight)
        product.run()
      })
  }

  private var weights: UnsafePointer<Float> {
    get throws(NetworkError) {
      guard let start = weight.values.baseAddress else {
        throw .kernel(node: context.node, reason: "\(weight.name) holds no numbers")
      }
      return start
    }
  }
}
