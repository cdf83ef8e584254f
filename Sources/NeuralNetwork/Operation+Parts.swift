extension Operation {
  /// How far something reaches over a map's four sides, in positions.
  public struct Padding: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// Above the first row.
    public var top: Int
    /// Below the last row.
    public var bottom: Int
    /// Before the first column.
    public var left: Int
    /// After the last column.
    public var right: Int

    /// The same on all sides.
    public init(_ all: Int) { self.init(vertical: all, horizontal: all) }

    /// The same on all sides.
    public init(integerLiteral all: Int) { self.init(all) }

    /// The same above and below, and before and after.
    public init(vertical: Int, horizontal: Int) {
      self.init(top: vertical, bottom: vertical, left: horizontal, right: horizontal)
    }

    /// Each side by itself.
    public init(top: Int, bottom: Int, left: Int, right: Int) {
      self.top = top
      self.bottom = bottom
      self.left = left
      self.right = right
    }

    /// The number for all sides, if they are equal.
    var uniform: Int? { self == Padding(top) ? top : nil }
    /// Whether no side is negative.
    var isPossible: Bool { min(top, bottom, left, right) >= 0 }
  }

  /// Geometry of a pooling window.
  public struct Pooling: Sendable {
    /// Side of the window.
    public var kernel: Int
    /// Step between windows.
    public var stride: Int
    /// Padding on each side.
    public var padding: Int
    /// Whether a last window that reaches beyond the padding counts (`ceil_mode`), if it begins within the map or the
    /// padding before it.
    public var includesPartial: Bool
    /// Whether a mean counts the padding's zeros (`count_include_pad`).
    public var countsPadding: Bool

    /// A pooling window.
    public init(
      kernel: Int, stride: Int, padding: Int = 0, includesPartial: Bool = false, countsPadding: Bool = true
    ) {
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
      self.includesPartial = includesPartial
      self.countsPadding = countsPadding
    }
  }

  /// Functions of single numbers besides ReLU and GELU.
  public enum Activation: Sendable, CaseIterable {
    /// x·σ(x), also called swish (Ramachandran et al. 2017).
    case silu
    /// 1/(1 + e⁻ˣ)
    case sigmoid
    /// min(max(x, 0), 6)
    case relu6
    /// x·σ(1.702·x): CLIP's stand-in for GELU.
    case quickGELU
    /// x·min(max(x + 3, 0), 6)/6
    case hardSwish
    /// min(max(x + 3, 0), 6)/6
    case hardSigmoid

    /// Whether zeros, such as those that pad blocks of channels, stay zeros.
    var keepsZero: Bool { self != .sigmoid && self != .hardSigmoid }
  }

  /// Factors and offsets, one a channel.
  public struct Scale: Sendable {
    /// The factors.
    public var scale: Parameter
    /// The offsets, or none.
    public var shift: Parameter?

    /// Factors and offsets.
    public init(scale: Parameter, shift: Parameter? = nil) {
      self.scale = scale
      self.shift = shift
    }
  }
}
