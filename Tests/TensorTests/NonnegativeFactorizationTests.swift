import Foundation
import Testing

@testable import Tensor

@Suite struct NonnegativeFactorizationTests {
  /// The matrix of tools/golden_factorization.py, 60 × 32.
  private var matrix: [Float] {
    (0..<60 * 32).map { index in
      let (i, j) = (Double(index / 32), Double(index % 32))
      let waves = abs(sin(i * 0.7 + 1) * cos(j * 0.3)) + abs(cos(i * 0.13) * sin(j * 1.1 + 2))
      return Float(waves + 0.2 * abs(sin(i * j * 0.37)))
    }
  }

  /// As near as multiplicative updates came in double precision from twelve starts, whose best and worst differ by
  /// less than a hundredth.
  @Test(arguments: [(1, 4.897794658792229), (3, 2.2956600143109447), (6, 1.7926804807078076)])
  func asNearAsAnotherAlgorithm(rank: Int, error: Double) {
    for seed in 1...3 {
      let factors = NonnegativeFactorization(
        matrix, rows: 60, rank: rank, seed: UInt64(seed), tolerance: 1e-5, limit: 5000)
      #expect(factors.error < error * 1.015, "seed \(seed): \(factors.error)")
      // Nobody gets below the least but by rounding.
      #expect(factors.error > error * 0.995)
      #expect(abs(factors.norm - 45.41880726922176) < 1e-4)
      #expect(factors.left.allSatisfy { $0 >= 0 } && factors.right.allSatisfy { $0 >= 0 })
    }
  }

  /// A product of two separable factors is found again, up to order and scale.
  @Test func findsPlantedParts() {
    var random = RandomSource(seed: 5)
    let parts: [[Float]] = (0..<3).map { part in (0..<24).map { $0 / 8 == part ? random.uniform(0.5, 1) : 0 }
    }
    var matrix: [Float] = []
    for _ in 0..<40 {
      let amounts = (0..<3).map { _ in random.uniform() }
      for column in 0..<24 { matrix.append((0..<3).reduce(0) { $0 + amounts[$1] * parts[$1][column] }) }
    }
    var factors = NonnegativeFactorization(matrix, rows: 40, rank: 3, seed: 1, tolerance: 1e-7, limit: 5000)
    factors.normalize()
    #expect(factors.explained > 0.999999)
    let found = (0..<3).map { k in Array(factors.right[k * 24..<(k + 1) * 24]) }
    for part in parts {
      let length = part.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let cosines = found.map { zip($0, part).reduce(0) { $0 + $1.0 * $1.1 } / length }
      #expect((cosines.max() ?? 0) > 0.999, "\(cosines)")
    }
  }

  @Test func sameSeedSameNumbers() {
    let a = NonnegativeFactorization(matrix, rows: 60, rank: 4, seed: 9)
    let b = NonnegativeFactorization(matrix, rows: 60, rank: 4, seed: 9)
    let c = NonnegativeFactorization(matrix, rows: 60, rank: 4, seed: 10)
    #expect(a.left == b.left && a.right == b.right && a.right != c.right)
  }

  /// Normalizing changes no product; encoding finds the amounts again.
  @Test func encodes() {
    var factors = NonnegativeFactorization(matrix, rows: 60, rank: 3, seed: 2, tolerance: 1e-6, limit: 5000)
    let before = factors.rebuild([1, 1, 1], scaledBy: Array(factors.left[..<3]))
    factors.normalize()
    let after = factors.rebuild([1, 1, 1], scaledBy: Array(factors.left[..<3]))
    #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-5 })
    for k in 0..<3 {
      let row = factors.right[k * 32..<(k + 1) * 32]
      #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
    let rows: [Float] = [0.5, 0, 2, 0, 0, 0, 1, 3, 0.25]
    let rebuilt = factors.rebuild(rows, scaledBy: [1, 1, 1])
    #expect(zip(factors.encode(rebuilt), rows).allSatisfy { abs($0 - $1) < 1e-3 })
    // What points away from every part has none of them.
    #expect(factors.encode([Float](repeating: -1, count: 32)) == [0, 0, 0])
  }

  @Test func zeros() {
    let factors = NonnegativeFactorization([Float](repeating: 0, count: 12), rows: 4, rank: 2, seed: 1)
    #expect(factors.error < 1e-6 && factors.explained == 1)
  }

  @Test func progressEndsTheWork() {
    #expect(throws: CancellationError.self) {
      try NonnegativeFactorization(matrix, rows: 60, rank: 4, seed: 9) { step in
        if step == 3 { throw CancellationError() }
      }
    }
  }
}
