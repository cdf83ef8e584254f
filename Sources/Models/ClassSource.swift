import Checkpoints

/// Names for a network's classes, and what a family without classes of its own makes them from.
public struct ClassSource {
  /// The names in the order of the scores.
  let names: [String]
  /// The file that gives them, or the checkpoint, for messages.
  let path: String
  /// The network's checkpoint.
  let checkpoint: Checkpoint
  /// Its identity.
  let hash: String
  /// The settings of `model.yaml`.
  let settings: YAMLMapping
  /// How texts become classes.
  let options: ZeroShotOptions
}

/// Where the names of a network's classes are from.
public enum ClassNames: Sendable {
  /// A file: a name a line, or JSON.
  case file(String)
  /// Names, in the order of the scores.
  case list([String])
}
