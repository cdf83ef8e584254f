import CKernels

/// A plane's Fourier transform in a time that grows little faster than its area, for sizes without large prime factors.
final class FastTransform: PlaneTransform {
  private let height: Int
  private let halfWidth: Int
  private let rows: Axis
  private let columns: Axis
  private let threads: Int32
  /// For the axis that takes more, and every thread.
  private let scratch: UnsafeMutablePointer<Float>
  /// 2 × height × halfWidth: a spectrum between the two passes.
  private let between: UnsafeMutablePointer<Float>

  /// `nil` where a side has a prime factor above 13; ``MatrixTransform`` takes any size.
  init?(height: Int, width: Int) {
    guard let rows = Axis(length: width), let columns = Axis(length: height) else { return nil }
    (self.height, halfWidth) = (height, width / 2 + 1)
    (self.rows, self.columns) = (rows, columns)
    threads = max(vitrine_processors(), 1)
    let count = max(rows.scratch, columns.scratch) * Int(threads)
    scratch = .allocate(capacity: count)
    scratch.initialize(repeating: 0, count: count)
    between = .allocate(capacity: 2 * height * halfWidth)
    between.initialize(repeating: 0, count: 2 * height * halfWidth)
  }

  deinit {
    scratch.deallocate()
    between.deallocate()
  }

  func analyze(
    _ picture: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into spectrum: UnsafeMutablePointer<Float>
  ) {
    let imaginary = spectrum + height * halfWidth
    withUnsafePointer(to: rows.kernel) {
      vitrine_fourier_rows(
        $0, picture, spectrum, imaginary, Int32(height), scale, isDoubled ? 2 : 1, scratch, threads)
    }
    transformColumns(spectrum, imaginary, into: spectrum, imaginary)
  }

  func synthesize(
    _ spectrum: UnsafePointer<Float>, scale: Float, isDoubled: Bool, into picture: UnsafeMutablePointer<Float>
  ) {
    let imaginary = spectrum + height * halfWidth
    // With real and imaginary parts in each other's place the transform is the inverse.
    transformColumns(imaginary, spectrum, into: between + height * halfWidth, between)
    withUnsafePointer(to: rows.kernel) {
      vitrine_fourier_rows_adjoint(
        $0, between, between + height * halfWidth, picture, Int32(height), scale, isDoubled ? 2 : 1, scratch,
        threads)
    }
  }

  private func transformColumns(
    _ real: UnsafePointer<Float>, _ imaginary: UnsafePointer<Float>,
    into realOut: UnsafeMutablePointer<Float>,
    _ imaginaryOut: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: columns.kernel) {
      vitrine_fourier_columns(
        $0, real, imaginary, realOut, imaginaryOut, Int32(halfWidth), scratch, threads)
    }
  }
}

/// The transform along one axis: its length as a product of small numbers, and the roots of unity.
private final class Axis {
  let kernel: vitrine_fourier
  private let radices: UnsafeMutableBufferPointer<Int32>
  private let roots: UnsafeMutableBufferPointer<Float>

  /// `nil` if the length has a large prime factor.
  init?(length: Int) {
    guard let factors = Self.factors(of: length) else { return nil }
    radices = .allocate(capacity: factors.count)
    _ = radices.initialize(from: factors.map(Int32.init))
    roots = .allocate(capacity: 2 * length)
    for turn in 0..<length {
      roots.initializeElement(at: 2 * turn, to: Float(Turn.cosine(turn, length)))
      roots.initializeElement(at: 2 * turn + 1, to: Float(-Turn.sine(turn, length)))
    }
    kernel = vitrine_fourier(
      length: Int32(length), stages: Int32(factors.count), radices: radices.baseAddress,
      roots: roots.baseAddress)
  }

  deinit {
    radices.deallocate()
    roots.deallocate()
  }

  /// Numbers of scratch memory that a thread takes.
  var scratch: Int { withUnsafePointer(to: kernel) { Int(vitrine_fourier_scratch($0)) } }

  /// Fours first, as they take the fewest operations.
  private static func factors(of length: Int) -> [Int]? {
    var (rest, result) = (length, [Int]())
    for factor in [4, 2, 3, 5, 7, 11, Int(VITRINE_FOURIER_RADIX)] {
      while rest % factor == 0 {
        result.append(factor)
        rest /= factor
      }
    }
    return rest == 1 ? result : nil
  }
}
