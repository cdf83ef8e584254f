import Imaging
import Tensor

/// A picture made by several ascents in a row, each of which starts from what the one before it left.
struct StagedAscent {
  /// How many ascents.
  let count: Int
  /// Makes an ascent; the one before it has done all its steps.
  let make: (_ index: Int, _ former: Ascent?, _ random: inout RandomSource) throws -> Ascent
  /// Whether the result is the picture whose step had the lowest loss of the last ascent, not the last picture.
  var keepsBest = false

  /// Runs all ascents under one recorder and gives what it kept.
  func visualize(
    _ recorder: Recorder, random: inout RandomSource,
    progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    var former: Ascent?
    for index in 0..<count - 1 {
      let ascent = try follower(index, former, &random)
      try ascent.run(recorder, random: &random, progress: progress)
      former = ascent
    }
    let last = try follower(count - 1, former, &random)
    former = nil
    guard keepsBest else { return try last.visualize(recorder, random: &random, progress: progress) }
    let threads = last.threads.take()
    defer { threads.restore() }
    var best: (loss: Double, picture: Image)?
    try last.run(
      recorder, random: &random,
      picture: { step in
        if let best, best.loss <= step.loss { return best.picture }
        let picture = Recorder.image(of: last)
        best = (step.loss, picture)
        return picture
      }, progress: progress)
    return recorder.visualization(of: last, picture: best?.picture)
  }

  private func follower(_ index: Int, _ former: Ascent?, _ random: inout RandomSource) throws -> Ascent {
    let ascent = try make(index, former, &random)
    if let former { ascent.follow(former) }
    return ascent
  }
}
