public import Imaging

/// A picture of what a target stands for, and how it came to be.
public struct Visualization: Sendable {
  /// The picture: the variable after the last step, brought back to [0, 1] and clipped.
  public let image: Image
  /// Where the ascent cared: |dL/dx| summed over all steps and averaged over channels, clipped at its 98th
  /// percentile and divided by its greatest value; one channel in [0, 1], all zero if nothing mattered.
  public let transparency: Image
  /// Pictures on the way, evenly spaced; the last is the result.
  public let snapshots: [Snapshot]
  /// About a hundred points of the loss and the target's activation, the last step among them.
  public let trace: [TracePoint]
  /// Steps done.
  public let steps: Int
  /// Wall time, planning and reference statistics included.
  public let seconds: Double
  /// What a reader should know, such as that no gradient reached the picture.
  public let warnings: [String]

  /// The picture after a step.
  public struct Snapshot: Sendable {
    /// The step, counted from 1.
    public let step: Int
    /// The picture after it.
    public let image: Image
  }
}
