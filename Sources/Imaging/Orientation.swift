/// How a camera was held, as EXIF's tag 0x0112 says it: what has to be done to the stored rows to see the scene upright.
public enum Orientation: Int, Sendable, CaseIterable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case upsideDownMirrored = 4
  case transposed = 5
  /// To be turned clockwise by a quarter.
  case turnedLeft = 6
  case transverse = 7
  /// To be turned counterclockwise by a quarter.
  case turnedRight = 8
}

extension Orientation {
  /// The orientation that a JPEG's or PNG's metadata state; upright where they state none, or nothing sensible.
  init(of file: UnsafeRawBufferPointer) {
    let block = file.starts(with: PNG.signature) ? Self.pngBlock(file) : Self.jpegBlock(file)
    self = block.flatMap { Self.tag(of: $0) }.flatMap(Orientation.init) ?? .upright
  }

  /// The TIFF block of a JPEG's first EXIF segment.
  private static func jpegBlock(_ file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var position = 2
    while position + 4 <= file.count, file[position] == 0xFF {
      let marker = file[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      let length = Int(file[position + 2]) << 8 | Int(file[position + 3])
      // The scan begins: no metadata follow.
      guard marker != 0xDA, length >= 2, position + 2 + length <= file.count else { return nil }
      let segment = file[position + 4..<position + 2 + length]
      if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
        return UnsafeRawBufferPointer(rebasing: segment.dropFirst(6))
      }
      position += 2 + length
    }
    return nil
  }

  /// The TIFF block of a PNG's `eXIf` chunk.
  private static func pngBlock(_ file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var position = PNG.signature.count
    while position + 12 <= file.count {
      let length = (0..<4).reduce(0) { $0 << 8 | Int(file[position + $1]) }
      guard position + 12 + length <= file.count else { return nil }
      if file[position + 4..<position + 8].elementsEqual("eXIf".utf8) {
        return UnsafeRawBufferPointer(rebasing: file[position + 8..<position + 8 + length])
      }
      position += 12 + length
    }
    return nil
  }

  /// The orientation's number in the first directory of a TIFF block.
  private static func tag(of block: UnsafeRawBufferPointer) -> Int? {
    guard block.count >= 8 else { return nil }
    let isLittle = block[0] == UInt8(ascii: "I")
    func number(_ at: Int, _ size: Int) -> Int? {
      guard at >= 0, at + size <= block.count else { return nil }
      return (0..<size).reduce(0) { $0 << 8 | Int(block[at + (isLittle ? size - 1 - $1 : $1)]) }
    }
    guard number(2, 2) == 42, let directory = number(4, 4), let count = number(directory, 2) else {
      return nil
    }
    for entry in 0..<count {
      let at = directory + 2 + 12 * entry
      guard let tag = number(at, 2), let kind = number(at + 2, 2) else { return nil }
      if tag == 0x0112, kind == 3 { return number(at + 8, 2) }
    }
    return nil
  }
}

extension Image {
  /// The picture as seen upright, its pixels stored with a camera held so.
  public func upright(from orientation: Orientation) -> Image {
    switch orientation {
    case .upright: self
    case .mirrored: rearranged { x, y in (width - 1 - x, y) }
    case .upsideDown: rearranged { x, y in (width - 1 - x, height - 1 - y) }
    case .upsideDownMirrored: rearranged { x, y in (x, height - 1 - y) }
    case .transposed: rearranged(swapped: true) { x, y in (y, x) }
    case .turnedLeft: rearranged(swapped: true) { x, y in (y, height - 1 - x) }
    case .transverse: rearranged(swapped: true) { x, y in (width - 1 - y, height - 1 - x) }
    case .turnedRight: rearranged(swapped: true) { x, y in (width - 1 - y, x) }
    }
  }

  /// The picture whose pixel at column x and row y is this one's at `source(x, y)`.
  private func rearranged(swapped: Bool = false, _ source: (_ x: Int, _ y: Int) -> (x: Int, y: Int)) -> Image
  {
    var result = Image(
      width: swapped ? height : width, height: swapped ? width : height, channels: channels, filledWith: 0)
    for y in 0..<result.height {
      for x in 0..<result.width {
        let from = source(x, y)
        for channel in 0..<channels { result[channel, y, x] = self[channel, from.y, from.x] }
      }
    }
    return result
  }
}
