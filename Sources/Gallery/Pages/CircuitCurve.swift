/// An edge of a circuit's drawing: a curve that leaves its upper end and reaches its lower one upright.
struct CircuitCurve {
  typealias Point = (x: Double, y: Double)

  private let start: Point
  private let end: Point

  init(from start: Point, to end: Point) {
    self.start = start
    self.end = end
  }

  /// As SVG writes it: a cubic whose handles stand above and below its ends.
  var path: String {
    let bend = Int((start.y + end.y) / 2)
    return
      "M\(Int(start.x)) \(Int(start.y)) C\(Int(start.x)) \(bend) \(Int(end.x)) \(bend) \(Int(end.x)) \(Int(end.y))"
  }

  /// The point at a share of the way, from 0 to 1.
  func point(_ t: Double) -> Point {
    let bend = t * t * (3 - 2 * t)
    let upright = 1.5 * t * (1 - t) + t * t * t
    return (start.x + (end.x - start.x) * bend, start.y + (end.y - start.y) * upright)
  }

  /// Where the notes of some curves stand, so that no two cover each other while there is room: near the lower end, where
  /// curves have parted, or else further up or down.
  static func notes(_ curves: [CircuitCurve]) -> [Point] {
    var spots = [Point](repeating: (0, 0), count: curves.count)
    var taken: [Point] = []
    // Shares of the way, the best first.
    let places = [
      0.72, 0.6, 0.48, 0.84, 0.36, 0.66, 0.54, 0.42, 0.78, 0.3, 0.9, 0.24, 0.18, 0.12, 0.95, 0.06,
    ]
    let fromLeft = curves.indices.sorted {
      (curves[$0].end.y, curves[$0].end.x, curves[$0].start.x)
        < (curves[$1].end.y, curves[$1].end.x, curves[$1].start.x)
    }
    for index in fromLeft {
      let candidates = places.map { curves[index].point($0) }
      let free = candidates.first { spot in
        !taken.contains { abs($0.x - spot.x) < 62 && abs($0.y - spot.y) < 21 }
      }
      spots[index] = free ?? candidates[0]
      taken.append(spots[index])
    }
    return spots
  }
}
