import CKernels
import Tensor
import Testing

@Suite struct ProductTests {
  /// A product in every combination of transposed sides, bias and addend, against a plain sum.
  @Test(
    "Products of any size, either side transposed",
    arguments: [(1, 1, 1), (6, 16, 8), (7, 17, 9), (13, 40, 5), (50, 33, 300), (197, 5, 64)], 0..<8)
  func product(size: (Int, Int, Int), choice: Int) {
    let (rows, columns, depth) = size
    let (left, right, adds) = (choice & 1 != 0, choice & 2 != 0, choice & 4 != 0)
    var random = RandomSource(seed: UInt64(choice))
    // Rows lie apart, so that reading or writing past their ends shows.
    let (rowA, rowB, rowC) = ((left ? rows : depth) + 3, (right ? depth : columns) + 1, columns + 2)
    let a = random.normals((left ? depth : rows) * rowA)
    let b = random.normals((right ? columns : depth) * rowB)
    let (bias, start) = (random.normals(columns), random.normals(rows * rowC))
    var c = start
    run(
      vitrine_product(
        rows: Int64(rows), columns: Int64(columns), depth: Int64(depth), a: nil, b: nil, row_a: Int64(rowA),
        row_b: Int64(rowB), transposed_a: left ? 1 : 0, transposed_b: right ? 1 : 0, bias: nil, addend: nil,
        c: nil, row_c: Int64(rowC)), a, b, bias: adds ? bias : nil, adds: adds, &c)
    for row in 0..<rows {
      for column in 0..<rowC {
        let at = row * rowC + column
        guard column < columns else {
          #expect(c[at] == start[at])
          continue
        }
        var sum = adds ? Double(bias[column]) + Double(start[at]) : 0
        for k in 0..<depth {
          sum +=
            Double(left ? a[k * rowA + row] : a[row * rowA + k])
            * Double(right ? b[column * rowB + k] : b[k * rowB + column])
        }
        #expect(abs(Double(c[at]) - sum) < 1e-6 * Double(20 + depth))
      }
    }
  }

  /// Adds into `c` if `adds`.
  private func run(
    _ product: vitrine_product, _ a: [Float], _ b: [Float], bias: [Float]?, adds: Bool, _ c: inout [Float]
  ) {
    var product = product
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        (bias ?? [0]).withUnsafeBufferPointer { numbers in
          c.withUnsafeMutableBufferPointer { c in
            product.a = a.baseAddress
            product.b = b.baseAddress
            product.c = c.baseAddress
            if bias != nil { product.bias = numbers.baseAddress }
            if adds { product.addend = UnsafePointer(c.baseAddress) }
            var scratch = [Float](repeating: 0, count: Int(vitrine_product_scratch(&product)))
            vitrine_product_run(&product, &scratch)
          }
        }
      }
    }
  }
}

extension RandomSource {
  /// So many standard normal numbers.
  fileprivate mutating func normals(_ count: Int) -> [Float] { (0..<count).map { _ in normal() } }
}
