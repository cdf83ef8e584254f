import CKernels

/// x·Wᵀ + b over rows, from tiles of the weights that all executors share.
final class LinearKernel: Kernel {
  private let context: KernelContext
  private let tiles: WeightTiles
  private let bias: Parameter?
  private let (rows, width, outputs): (Int, Int, Int)

  init(_ operation: Operation.Linear, _ context: KernelContext) throws(NetworkError) {
    let weight = operation.weight
    guard let tiles = weight.tiles(context.precision) else {
      throw .kernel(node: context.node, reason: "\(weight.name) holds no numbers")
    }
    self.context = context
    self.tiles = tiles
    bias = operation.bias
    width = weight.shape[1]
    outputs = weight.shape[0]
    rows = context.output.count / outputs
  }

  func forward() -> Step {
    let (x, y, addend) = (context.inputs[0], context.output, context.addend)
    let product = vitrine_product(
      rows: Int64(rows), columns: Int64(outputs), depth: Int64(width), a: x.start, b: nil, halves: nil,
      row_a: Int64(width), row_b: 0, transposed_a: 0, order_b: VITRINE_TILES,
      bias: bias?.values.baseAddress, addend: addend.map { UnsafePointer($0.start) }, c: y.start,
      row_c: Int64(outputs))
    return step("linear", product, keeping: [x, y] + (addend.map { [$0] } ?? []))
  }

  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) -> Step {
    let product = vitrine_product(
      rows: Int64(rows), columns: Int64(width), depth: Int64(outputs), a: gradient.start, b: nil,
      halves: nil, row_a: Int64(outputs), row_b: 0, transposed_a: 0, order_b: VITRINE_TILES_TURNED, bias: nil,
      addend: accumulate ? UnsafePointer(destination.start) : nil, c: destination.start, row_c: Int64(width))
    return step("gradient linear", product, keeping: [gradient, destination])
  }

  private func step(_ detail: String, _ product: vitrine_product, keeping values: [Value]) -> Step {
    var product = product
    tiles.serve(&product)
    let scratch = context.scratch
    scratch.reserve(vitrine_product_scratch(&product))
    return Step(
      context.node, detail,
      always: { [tiles, bias] in
        _ = (values, tiles, bias)
        vitrine_product_run(&product, scratch.start)
      })
  }
}
