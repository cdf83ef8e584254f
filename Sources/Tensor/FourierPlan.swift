import COpenBLAS
import Foundation

/// The two-dimensional Fourier transform of real planes, its inverse, and the exact adjoints of both.
///
/// Any size, odd ones too: each transform is two products with matrices of cosines and sines, by OpenBLAS, which uses
/// as many threads as OpenMP gives the caller. Nothing is allocated after the plan is made. One thread at a time.
///
/// A picture is channels × height × width. Its half spectrum is channels × 2 × height × (width / 2 + 1): for each
/// channel the plane of real parts and the plane of imaginary parts, rows and columns in the order of NumPy's
/// `rfft2`. The other half is the complex conjugate, and not kept.
///
/// Adjoints are those of the maps between real numbers, where a spectrum's real and imaginary parts count as
/// independent parameters. As the columns 1 ..< width / 2 of a half spectrum stand for two bins each, they get twice
/// the gradient; the imaginary parts that no picture depends on get zero.
public final class FourierPlan {
  /// Where the factor 1 / (height × width) goes.
  public enum Normalization: String, Sendable, Codable {
    /// All of it to the inverse: NumPy's and PyTorch's default.
    case backward
    /// Its square root to each.
    case ortho
    /// All of it to the forward transform.
    case forward
  }

  /// Rows of the picture.
  public let height: Int
  /// Columns of the picture.
  public let width: Int
  /// How many planes are transformed at once.
  public let channels: Int
  /// Columns of the half spectrum: width / 2 + 1.
  public let halfWidth: Int
  /// How the transforms are scaled.
  public let normalization: Normalization

  /// How many numbers a picture has: channels × height × width.
  public var pictureCount: Int { channels * height * width }
  /// How many numbers a spectrum has: channels × 2 × height × halfWidth.
  public var spectrumCount: Int { channels * 2 * height * halfWidth }

  /// width × halfWidth: cosines and negative sines of a row's transform, side by side in memory.
  private let rowCosines: Matrix
  private let rowSines: Matrix
  /// The same, with the columns that stand for two bins doubled.
  private let doubledCosines: Matrix
  private let doubledSines: Matrix
  /// 2 height × 2 height: [[C, S], [-S, C]], which maps real above imaginary parts to their columns' transform.
  private let columns: Matrix
  /// channels × 2 × height × halfWidth: a spectrum between the two passes.
  private let between: Matrix

  /// A plan for pictures of a size.
  public init(height: Int, width: Int, channels: Int = 1, normalization: Normalization = .backward) {
    precondition(height > 0 && width > 0 && channels > 0, "a picture has at least one pixel")
    self.height = height
    self.width = width
    self.channels = channels
    self.normalization = normalization
    let half = width / 2 + 1
    halfWidth = half
    rowCosines = Matrix(rows: width, columns: half) { Self.cosine($0 * $1, width) }
    rowSines = Matrix(rows: width, columns: half) { -Self.sine($0 * $1, width) }
    doubledCosines = Matrix(rows: width, columns: half) { x, bin in
      Self.cosine(x * bin, width) * Self.multiplicity(of: bin, width)
    }
    doubledSines = Matrix(rows: width, columns: half) { x, bin in
      -Self.sine(x * bin, width) * Self.multiplicity(of: bin, width)
    }
    columns = Matrix(rows: 2 * height, columns: 2 * height) { row, column in
      let (u, y) = (row % height, column % height)
      if (row < height) == (column < height) { return Self.cosine(u * y, height) }
      return row < height ? Self.sine(u * y, height) : -Self.sine(u * y, height)
    }
    between = Matrix(rows: channels * 2 * height, columns: half) { _, _ in 0 }
  }

  /// The half spectrum of a picture: NumPy's `rfft2`.
  public func transform(
    _ picture: UnsafeBufferPointer<Float>, into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    analyze(picture, rowCosines, rowSines, scale: forwardScale, into: spectrum)
  }

  /// The picture of a half spectrum: NumPy's `irfft2(spectrum, (height, width))`.
  public func inverse(_ spectrum: UnsafeBufferPointer<Float>, into picture: UnsafeMutableBufferPointer<Float>)
  {
    synthesize(spectrum, doubledCosines, doubledSines, scale: inverseScale, into: picture)
  }

  /// The adjoint of ``transform(_:into:)``: from the gradient of a half spectrum to that of the picture.
  public func transformAdjoint(
    _ spectrum: UnsafeBufferPointer<Float>, into picture: UnsafeMutableBufferPointer<Float>
  ) {
    synthesize(spectrum, rowCosines, rowSines, scale: forwardScale, into: picture)
  }

  /// The adjoint of ``inverse(_:into:)``: from the gradient of a picture to that of the half spectrum.
  public func inverseAdjoint(
    _ picture: UnsafeBufferPointer<Float>, into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    analyze(picture, doubledCosines, doubledSines, scale: inverseScale, into: spectrum)
  }

  private var forwardScale: Float {
    let area = Float(height * width)
    switch normalization {
    case .backward: return 1
    case .ortho: return 1 / area.squareRoot()
    case .forward: return 1 / area
    }
  }

  private var inverseScale: Float { 1 / (Float(height * width) * forwardScale) }

  /// Rows, then columns.
  private func analyze(
    _ picture: UnsafeBufferPointer<Float>, _ cosines: Matrix, _ sines: Matrix, scale: Float,
    into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      picture.count == pictureCount && spectrum.count == spectrumCount, "the plan is for another size")
    guard let picture = picture.baseAddress, let spectrum = spectrum.baseAddress else { return }
    let plane = height * halfWidth
    for channel in 0..<channels {
      let source = picture + channel * height * width
      let real = between.values + 2 * channel * plane
      multiply(height, halfWidth, width, scale, source, cosines.values, real)
      multiply(height, halfWidth, width, scale, source, sines.values, real + plane)
      multiply(
        2 * height, halfWidth, 2 * height, 1, columns.values, real, spectrum + 2 * channel * plane)
    }
  }

  /// Columns, then rows: the transpose of ``analyze``, product by product.
  private func synthesize(
    _ spectrum: UnsafeBufferPointer<Float>, _ cosines: Matrix, _ sines: Matrix, scale: Float,
    into picture: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      picture.count == pictureCount && spectrum.count == spectrumCount, "the plan is for another size")
    guard let picture = picture.baseAddress, let spectrum = spectrum.baseAddress else { return }
    let plane = height * halfWidth
    for channel in 0..<channels {
      let real = between.values + 2 * channel * plane
      let target = picture + channel * height * width
      cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(2 * height), Int32(halfWidth), Int32(2 * height), 1,
        columns.values, Int32(2 * height), spectrum + 2 * channel * plane, Int32(halfWidth), 0, real,
        Int32(halfWidth))
      addRows(of: real, times: cosines, scale, keeping: 0, to: target)
      addRows(of: real + plane, times: sines, scale, keeping: 1, to: target)
    }
  }

  /// target (height × width) = keeping · target + scale · part (height × halfWidth) · matrixᵀ.
  private func addRows(
    of part: UnsafePointer<Float>, times matrix: Matrix, _ scale: Float, keeping: Float,
    to target: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(height), Int32(width), Int32(halfWidth), scale, part,
      Int32(halfWidth), matrix.values, Int32(halfWidth), keeping, target, Int32(width))
  }

  /// result (rows × columns) = scale · left (rows × inner) · right (inner × columns), all row-major.
  private func multiply(
    _ rows: Int, _ columns: Int, _ inner: Int, _ scale: Float, _ left: UnsafePointer<Float>,
    _ right: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), scale, left,
      Int32(inner), right, Int32(columns), 0, result, Int32(columns))
  }

  /// How many bins of the whole spectrum a column of the half spectrum stands for.
  private static func multiplicity(of bin: Int, _ width: Int) -> Double {
    bin == 0 || 2 * bin == width ? 1 : 2
  }

  /// The angle is reduced first, so that large sizes lose no digits, and self-conjugate bins get an exact zero sine.
  private static func cosine(_ index: Int, _ count: Int) -> Double {
    cos(2 * .pi * Double(index % count) / Double(count))
  }

  private static func sine(_ index: Int, _ count: Int) -> Double {
    let turn = index % count
    return 2 * turn % count == 0 ? 0 : sin(2 * .pi * Double(turn) / Double(count))
  }
}

/// Numbers at a fixed address, filled once.
private final class Matrix {
  let values: UnsafeMutablePointer<Float>

  init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
    values = .allocate(capacity: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        (values + row * columns + column).initialize(to: Float(value(row, column)))
      }
    }
  }

  deinit { values.deallocate() }
}
