/// The two-dimensional Fourier transform of real planes, its inverse, and the exact adjoints of both.
///
/// Any size, odd ones too: by products with matrices for small pictures, and for large ones by a fast transform where
/// the size has no large prime factor. Takes as many threads as OpenMP gives the caller. Nothing is allocated after
/// the plan is made. One thread at a time.
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

  /// From so many pixels a side on the fast transform is used; below, products with matrices take as little time.
  public static let fastSize = 256

  private let planes: any PlaneTransform

  /// A plan for pictures of a size.
  public convenience init(
    height: Int, width: Int, channels: Int = 1, normalization: Normalization = .backward
  ) {
    let fast = max(height, width) >= Self.fastSize ? FastTransform(height: height, width: width) : nil
    self.init(
      height, width, channels, normalization, fast ?? MatrixTransform(height: height, width: width))
  }

  /// A plan that transforms planes in a certain way.
  init(
    _ height: Int, _ width: Int, _ channels: Int, _ normalization: Normalization,
    _ planes: any PlaneTransform
  ) {
    precondition(height > 0 && width > 0 && channels > 0, "a picture has at least one pixel")
    self.height = height
    self.width = width
    self.channels = channels
    self.normalization = normalization
    self.planes = planes
    halfWidth = width / 2 + 1
  }

  /// The half spectrum of a picture: NumPy's `rfft2`.
  public func transform(
    _ picture: UnsafeBufferPointer<Float>, into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    analyze(picture, scale: forwardScale, isDoubled: false, into: spectrum)
  }

  /// The picture of a half spectrum: NumPy's `irfft2(spectrum, (height, width))`.
  public func inverse(_ spectrum: UnsafeBufferPointer<Float>, into picture: UnsafeMutableBufferPointer<Float>)
  {
    synthesize(spectrum, scale: inverseScale, isDoubled: true, into: picture)
  }

  /// The adjoint of ``transform(_:into:)``: from the gradient of a half spectrum to that of the picture.
  public func transformAdjoint(
    _ spectrum: UnsafeBufferPointer<Float>, into picture: UnsafeMutableBufferPointer<Float>
  ) {
    synthesize(spectrum, scale: forwardScale, isDoubled: false, into: picture)
  }

  /// The adjoint of ``inverse(_:into:)``: from the gradient of a picture to that of the half spectrum.
  public func inverseAdjoint(
    _ picture: UnsafeBufferPointer<Float>, into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    analyze(picture, scale: inverseScale, isDoubled: true, into: spectrum)
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

  private func analyze(
    _ picture: UnsafeBufferPointer<Float>, scale: Float, isDoubled: Bool,
    into spectrum: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      picture.count == pictureCount && spectrum.count == spectrumCount, "the plan is for another size")
    guard let picture = picture.baseAddress, let spectrum = spectrum.baseAddress else { return }
    for channel in 0..<channels {
      planes.analyze(
        picture + channel * height * width, scale: scale, isDoubled: isDoubled,
        into: spectrum + channel * 2 * height * halfWidth)
    }
  }

  private func synthesize(
    _ spectrum: UnsafeBufferPointer<Float>, scale: Float, isDoubled: Bool,
    into picture: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      picture.count == pictureCount && spectrum.count == spectrumCount, "the plan is for another size")
    guard let picture = picture.baseAddress, let spectrum = spectrum.baseAddress else { return }
    for channel in 0..<channels {
      planes.synthesize(
        spectrum + channel * 2 * height * halfWidth, scale: scale, isDoubled: isDoubled,
        into: picture + channel * height * width)
    }
  }
}
