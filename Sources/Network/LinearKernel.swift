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
    let (x, y, addend) = (context.inputs[0], context.output, context.addend)
    let product = vitrine_product(
      rows: Int64(rows), columns: Int64(outputs), depth: Int64(width), a: x.start, b: try weights,
      row_a: Int64(width), row_b: Int64(width), transposed_a: 0, transposed_b: 1,
      bias: bias?.values.baseAddress, addend: addend.map { UnsafePointer($0.start) }, c: y.start,
      row_c: Int64(outputs))
    return step("linear", product, keeping: [x, y] + (addend.map { [$0] } ?? []))
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step {
    let product = vitrine_product(
      rows: Int64(rows), columns: Int64(width), depth: Int64(outputs), a: gradient.start, b: try weights,
      row_a: Int64(outputs), row_b: Int64(width), transposed_a: 0, transposed_b: 0, bias: nil,
      addend: accumulate ? UnsafePointer(destination.start) : nil, c: destination.start, row_c: Int64(width))
    return step("gradient linear", product, keeping: [gradient, destination])
  }

  private func step(_ detail: String, _ product: vitrine_product, keeping values: [Value]) -> Step {
    var product = product
    let scratch = context.scratch
    scratch.reserve(vitrine_product_scratch(&product))
    return Step(
      context.node, detail,
      always: { [weight, bias] in
        _ = (values, weight, bias)
        vitrine_product_run(&product, scratch.start)
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
