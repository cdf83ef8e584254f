import Imaging
import NeuralNetwork
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
    try run(recorder, random: &random, progress: progress)
    return recorder.visualization(of: self)
  }

  /// Runs all steps under a recorder. `picture` gives, after a step, the picture that counts if it isn't the present
  /// one.
  func run(
    _ recorder: Recorder, random: inout RandomSource, picture: ((Step) -> Image)? = nil,
    progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws {
    try run(random: &random) { step in
      if let picture {
        let image = picture(step)
        recorder.record(step, of: self) { image }
      } else {
        recorder.record(step, of: self)
      }
      try progress(VisualizationProgress(step: step.number, steps: recorder.steps, loss: step.loss))
      return true
    }
  }
}
