import Network
import Tensor

extension Ascent {
  /// Runs all steps under a recorder and gives what it kept.
  func visualize(
    _ recorder: Recorder, random: inout RandomSource,
    progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization {
    // Also for the last rendering, so that it is the last snapshot to the bit.
    let former = threads.take()
    defer { former.restore() }
    try run(random: &random) { step in
      recorder.record(step, of: self)
      try progress(VisualizationProgress(step: step.number, steps: parts.steps, loss: step.loss))
      return true
    }
    return recorder.visualization(of: self)
  }
}
