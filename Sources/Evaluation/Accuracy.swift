import Imaging

/// How often a model is right on pictures whose classes are known.
public struct Accuracy: Sendable, Codable, Equatable {
  /// One class's part.
  public struct Class: Sendable, Codable, Equatable {
    /// The class's index.
    public let classIndex: Int
    /// Its label.
    public let label: String
    /// How many of its pictures are right in the first guess.
    public let correct: Int
    /// How many of its pictures have it among the first five guesses.
    public let nearly: Int
    /// How many pictures it has.
    public let count: Int
  }

  /// Class by class, in the order of the model's labels.
  public let classes: [Class]

  /// How many pictures were shown.
  public var count: Int { classes.reduce(0) { $0 + $1.count } }
  /// How many are right in the first guess.
  public var correct: Int { classes.reduce(0) { $0 + $1.correct } }
  /// The part that is right in the first guess.
  public var top1: Double { Double(correct) / Double(max(1, count)) }
  /// The part whose class is among the first five guesses.
  public var top5: Double { Double(classes.reduce(0) { $0 + $1.nearly }) / Double(max(1, count)) }
}

extension Classifier {
  /// Measures the accuracy on a folder's pictures, prepared as the model's owner does. `progress` takes the number of
  /// pictures seen, and ends the work by throwing. Throws ``ImageError`` for a picture that can't be read.
  public func accuracy(on folder: ImageFolder, progress: (Int) throws -> Void = { _ in }) throws -> Accuracy {
    var seen = 0
    let classes = try folder.classes.map { part in
      let probabilities = try probabilities(count: part.files.count) { index in
        seen += 1
        try progress(seen)
        return try model.input.prepare(file: part.files[index])
      }
      let guesses = probabilities.map { top(5, of: $0).map(\.classIndex) }
      return Accuracy.Class(
        classIndex: part.classIndex, label: model.labels[part.classIndex],
        correct: guesses.count { $0.first == part.classIndex },
        nearly: guesses.count { $0.contains(part.classIndex) }, count: part.files.count)
    }
    return Accuracy(classes: classes)
  }
}
