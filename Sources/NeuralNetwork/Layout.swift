import CKernels
import COneDNN

/// Where the numbers of a value lie.
enum Layout: Equatable {
  /// Row-major as in the graph: N×C×H×W, N×T×D or N×D.
  case plain
  /// N×H×W×C
  case channelsLast
  /// N×(C/b)×H×W×b: b channels side by side, padded with zeros.
  case blocked(Int)

  /// The layout for maps between convolutions on this processor.
  static var forMaps: Layout {
    switch vdnn_best_layout() {
    case VDNN_BLOCKED_8: .blocked(8)
    case VDNN_BLOCKED_16: .blocked(16)
    case VDNN_CHANNELS_LAST: .channelsLast
    default: .plain
    }
  }

  var code: vdnn_layout {
    switch self {
    case .plain: VDNN_PLAIN
    case .channelsLast: VDNN_CHANNELS_LAST
    case .blocked(let block): vdnn_layout(UInt32(block))
    }
  }
}

/// The extents of a value with its batch, and where its numbers lie.
struct Extents: Equatable {
  /// Pictures.
  let batch: Int
  /// C×H×W, T×D or D.
  let shape: [Int]
  let layout: Layout

  /// Numbers without padding, in all pictures.
  var plainCount: Int { batch * shape.reduce(1, *) }

  /// Numbers in memory.
  var count: Int {
    var map = self.map
    return Int(vdnn_count(&map))
  }

  func with(_ layout: Layout) -> Extents { Extents(batch: batch, shape: shape, layout: layout) }

  /// As oneDNN's shim sees it; what isn't a map is one long row a picture.
  var map: vdnn_map {
    shape.count == 3
      ? vdnn_map(
        n: Int64(batch), c: Int64(shape[0]), h: Int64(shape[1]), w: Int64(shape[2]), layout: layout.code)
      : vdnn_map(n: Int64(batch), c: Int64(shape.reduce(1, *)), h: 1, w: 1, layout: VDNN_PLAIN)
  }

  /// As the loops of CKernels see it.
  var runs: vitrine_map {
    let (channels, positions) = (shape[0], shape.dropFirst().reduce(1, *))
    let lanes =
      switch layout {
      case .plain: 1
      case .channelsLast: channels
      case .blocked(let block): block
      }
    let blocks = (channels + lanes - 1) / lanes
    return vitrine_map(
      blocks: Int64(batch * blocks), channel_blocks: Int64(blocks), positions: Int64(positions),
      lanes: Int64(lanes))
  }

  /// Channels with the padding of blocked layouts.
  var paddedChannels: Int { Int(runs.channel_blocks * runs.lanes) }
}
