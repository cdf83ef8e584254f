import Foundation

/// Angles of Fourier transforms.
enum Turn {
  /// cos(2π · index / count). The angle is reduced first, so that large sizes lose no digits.
  static func cosine(_ index: Int, _ count: Int) -> Double {
    cos(2 * .pi * Double(index % count) / Double(count))
  }

  /// sin(2π · index / count), with exact zeros, so that bins that are their own conjugates have no imaginary part.
  static func sine(_ index: Int, _ count: Int) -> Double {
    let turn = index % count
    return 2 * turn % count == 0 ? 0 : sin(2 * .pi * Double(turn) / Double(count))
  }
}
