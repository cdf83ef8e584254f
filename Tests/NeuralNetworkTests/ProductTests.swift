import CKernels
import Tensor
import Testing

@Suite struct ProductTests {
  /// A product in every combination of a transposed left side, orders of the right side, bias and addend, against a
  /// plain sum.
  @Test(
    "Products of any size, in any order",
    arguments: [(1, 1, 1), (6, 16, 8), (7, 17, 9), (13, 40, 5), (50, 33, 300), (197, 5, 64), (503, 35, 270)],
    0..<16)
  func product(size: (Int, Int, Int), choice: Int) {
    let (rows, columns, depth) = size
    let (left, adds) = (choice & 1 != 0, choice & 2 != 0)
    let order = [VITRINE_ROWS, VITRINE_COLUMNS, VITRINE_TILES, VITRINE_TILES_TURNED][choice / 4]
    let right = order == VITRINE_COLUMNS || order == VITRINE_TILES
    let isTiled = order == VITRINE_TILES || order == VITRINE_TILES_TURNED
    var random = RandomSource(seed: UInt64(choice))
    // Rows lie apart, so that reading or writing past their ends shows.
    let (rowA, rowC) = ((left ? rows : depth) + 3, columns + 2)
    let rowB = (right ? depth : columns) + (isTiled ? 0 : 1)
    let a = random.normals((left ? depth : rows) * rowA)
    let b = random.normals((right ? columns : depth) * rowB)
    let (bias, start) = (random.normals(columns), random.normals(rows * rowC))
    var c = start
    run(
      vitrine_product(
        rows: Int64(rows), columns: Int64(columns), depth: Int64(depth), a: nil, b: nil, halves: nil,
        row_a: Int64(rowA),
        row_b: Int64(rowB), transposed_a: left ? 1 : 0, order_b: order, bias: nil, addend: nil,
        c: nil, row_c: Int64(rowC)), a, isTiled ? tiles(b, columns: rowB) : b, bias: adds ? bias : nil,
      adds: adds, &c)
    expect(c, rowC, rows: rows, columns: columns, depth: depth, start: start, bias: adds ? bias : nil) {
      row, column, k in
      (left ? a[k * rowA + row] : a[row * rowA + k], right ? b[column * rowB + k] : b[k * rowB + column])
    }
  }

  /// Expects c to be sums of the two factors over the depth, added to `start` and `bias` if there is one, and what lies
  /// between c's rows to be as it was.
  private func expect(
    _ c: [Float], _ rowC: Int, rows: Int, columns: Int, depth: Int, start: [Float], bias: [Float]?,
    factors: (_ row: Int, _ column: Int, _ k: Int) -> (Float, Float)
  ) {
    for row in 0..<rows {
      for column in 0..<rowC {
        let at = row * rowC + column
        guard column < columns else {
          #expect(c[at] == start[at])
          continue
        }
        var sum = bias.map { Double($0[column]) + Double(start[at]) } ?? 0
        for k in 0..<depth {
          let (a, b) = factors(row, column, k)
          sum += Double(a) * Double(b)
        }
        #expect(abs(Double(c[at]) - sum) < 1e-6 * Double(20 + depth))
      }
    }
  }

  private func tiles(_ matrix: [Float], columns: Int) -> [Float] {
    let (rows, columns) = (Int64(matrix.count / columns), Int64(columns))
    // What isn't written is no number.
    var tiles = [Float](repeating: .nan, count: Int(vitrine_tiled_count(rows, columns)))
    vitrine_tile(rows, columns, matrix, &tiles)
    return tiles
  }

  /// A transposed left side is never rounded, on any processor.
  @Test(
    "Products with tiles in bfloat16",
    arguments: [(1, 1, 1), (6, 16, 8), (7, 17, 9), (13, 37, 290), (50, 33, 515), (253, 70, 1030)], 0..<8)
  func halves(size: (Int, Int, Int), choice: Int) {
    let (rows, columns, depth) = size
    let (turned, transposed, adds) = (choice & 1 != 0, choice & 2 != 0, choice & 4 != 0)
    var random = RandomSource(seed: 3)
    let (tall, wide) = (Int64(turned ? depth : columns), Int64(turned ? columns : depth))
    let matrix = random.normals(columns * depth)
    var tiles = [UInt16](repeating: 0x7FC0, count: Int(vitrine_tiled_count(tall, wide)))
    vitrine_tile_halves(tall, wide, matrix, &tiles)
    let rounded = halves(of: matrix)
    let (rowA, rowC) = ((transposed ? rows : depth) + 3, columns + 2)
    let a = random.normals((transposed ? depth : rows) * rowA)
    let left = vitrine_multiplies_halves() != 0 && !transposed ? halves(of: a) : a
    let (bias, start) = (random.normals(columns), random.normals(rows * rowC))
    var c = start
    tiles.withUnsafeBufferPointer { tiles in
      run(
        vitrine_product(
          rows: Int64(rows), columns: Int64(columns), depth: Int64(depth), a: nil, b: nil,
          halves: tiles.baseAddress, row_a: Int64(rowA), row_b: 0, transposed_a: transposed ? 1 : 0,
          order_b: turned ? VITRINE_TILES_TURNED : VITRINE_TILES, bias: nil, addend: nil, c: nil,
          row_c: Int64(rowC)), a, [0], bias: adds ? bias : nil, adds: adds, &c)
    }
    expect(c, rowC, rows: rows, columns: columns, depth: depth, start: start, bias: adds ? bias : nil) {
      row, column, k in
      (
        left[transposed ? k * rowA + row : row * rowA + k],
        rounded[turned ? k * columns + column : column * depth + k]
      )
    }
  }

  @Test("A product with tiles in bfloat16 keeps infinity and what is no number", arguments: [false, true])
  func specialHalves(turned: Bool) {
    let matrix = [Float](repeating: 1, count: 16 * 16)
    var tiles = [UInt16](repeating: 0, count: Int(vitrine_tiled_count(16, 16)))
    vitrine_tile_halves(16, 16, matrix, &tiles)
    var a = [Float](repeating: 1, count: 3 * 16)
    a[2] = .infinity
    // All bits of a NaN's fraction: rounding up would make it a zero.
    a[16 + 5] = Float(bitPattern: 0x7FFF_FFFF)
    var c = [Float](repeating: 0, count: 3 * 16)
    tiles.withUnsafeBufferPointer { tiles in
      run(
        vitrine_product(
          rows: 3, columns: 16, depth: 16, a: nil, b: nil, halves: tiles.baseAddress, row_a: 16, row_b: 0,
          transposed_a: 0, order_b: turned ? VITRINE_TILES_TURNED : VITRINE_TILES, bias: nil, addend: nil,
          c: nil,
          row_c: 16), a, [0], bias: nil, adds: false, &c)
    }
    #expect(c[0..<16].allSatisfy { $0 == .infinity })
    #expect(c[16..<32].allSatisfy { $0.isNaN })
    #expect(c[32...].allSatisfy { $0 == 16 })
  }

  @Test("Rounding to bfloat16 goes to the nearest, ties to even numbers")
  func rounding() {
    #expect(halves(of: [1 + 0x1p-8, 1 + 3 * 0x1p-8, -.infinity]) == [1, 1 + 0x1p-6, -.infinity])
    var random = RandomSource(seed: 4)
    let numbers = random.normals(1000)
    #expect(zip(halves(of: numbers), numbers).allSatisfy { abs($0 - $1) <= abs($1) * 0x1p-8 })
  }

  private func halves(of numbers: [Float]) -> [Float] {
    var result = numbers
    vitrine_round_halves(Int64(result.count), &result)
    return result
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
