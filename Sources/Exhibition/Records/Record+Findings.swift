extension Record {
  /// A picture changed so that a network takes it for the target. All figures are of the 8-bit pictures.
  public struct Adversarial: Codable, Sendable, Equatable {
    /// The untouched picture's file.
    public var clean: String
    /// The changed picture's file.
    public var adversarial: String
    /// The file of the amplified difference (gray is no change).
    public var difference: String
    /// By how much ``difference`` is amplified.
    public var amplification: Double
    /// Where the clean picture comes from, below the references folder.
    public var source: String
    /// Whether the attacked model now says the target or, if the attack only leads away from the source, something else
    /// than that.
    public var success: Bool
    /// What the attacked model says of the clean picture.
    public var before: [Prediction]
    /// What the attacked model says of the changed picture.
    public var after: [Prediction]
    /// The source class's probability before.
    public var sourceBefore: Double
    /// The source class's probability after.
    public var sourceAfter: Double
    /// The target's probability before.
    public var targetBefore: Double
    /// The target's probability after.
    public var targetAfter: Double
    /// Largest change of a pixel's channel, as part of the full range.
    public var maximum: Double
    /// Euclidean length of the change.
    public var euclidean: Double
    /// Root mean square of the change.
    public var rootMeanSquare: Double
    /// Structural similarity of both pictures.
    public var similarity: Double
    /// Peak signal-to-noise ratio in decibels; `nil` if nothing changed.
    public var peakRatio: Double?
    /// How many steps were made.
    public var steps: Int
    /// The way.
    public var path: [Point]

    /// A point of the way.
    public struct Point: Codable, Sendable, Equatable {
      /// After how many steps.
      public var step: Int
      /// The picture's file; `nil` where none was kept.
      public var file: String?
      /// The source class's probability.
      public var sourceProbability: Double
      /// The target's probability.
      public var targetProbability: Double

      private enum CodingKeys: String, CodingKey {
        case step, file
        case sourceProbability = "source_probability"
        case targetProbability = "target_probability"
      }

      /// A point of the way.
      public init(step: Int, file: String?, sourceProbability: Double, targetProbability: Double) {
        self.step = step
        self.file = file
        self.sourceProbability = sourceProbability
        self.targetProbability = targetProbability
      }
    }

    private enum CodingKeys: String, CodingKey {
      case clean, adversarial, difference, amplification, source, success, before, after, maximum, euclidean,
        similarity, steps, path
      case sourceBefore = "source_before"
      case sourceAfter = "source_after"
      case targetBefore = "target_before"
      case targetAfter = "target_after"
      case rootMeanSquare = "root_mean_square"
      case peakRatio = "peak_ratio"
    }

    /// An adversarial example from its parts.
    public init(
      clean: String, adversarial: String, difference: String, amplification: Double, source: String,
      success: Bool, before: [Prediction], after: [Prediction], sourceBefore: Double, sourceAfter: Double,
      targetBefore: Double, targetAfter: Double, maximum: Double, euclidean: Double,
      rootMeanSquare: Double, similarity: Double, peakRatio: Double?, steps: Int, path: [Point]
    ) {
      self.clean = clean
      self.adversarial = adversarial
      self.difference = difference
      self.amplification = amplification
      self.source = source
      self.success = success
      self.before = before
      self.after = after
      self.sourceBefore = sourceBefore
      self.sourceAfter = sourceAfter
      self.targetBefore = targetBefore
      self.targetAfter = targetAfter
      self.maximum = maximum
      self.euclidean = euclidean
      self.rootMeanSquare = rootMeanSquare
      self.similarity = similarity
      self.peakRatio = peakRatio
      self.steps = steps
      self.path = path
    }
  }

  /// A model's accuracy on the references.
  public struct Accuracy: Codable, Sendable, Equatable {
    /// Part of the references whose class is the model's first guess; `nil` without references.
    public var top1: Double?
    /// Part of the references whose class is among the first five.
    public var top5: Double?
    /// How many references were shown.
    public var count: Int
    /// By class, in the order of the model's labels.
    public var classes: [ClassAccuracy]

    /// A class's part.
    public struct ClassAccuracy: Codable, Sendable, Equatable {
      /// The class's index.
      public var classIndex: Int
      /// The class's label.
      public var label: String
      /// How many of its references are right in the first guess.
      public var correct: Int
      /// How many there are.
      public var count: Int

      private enum CodingKeys: String, CodingKey {
        case label, correct, count
        case classIndex = "class_index"
      }

      /// A class's accuracy.
      public init(classIndex: Int, label: String, correct: Int, count: Int) {
        self.classIndex = classIndex
        self.label = label
        self.correct = correct
        self.count = count
      }
    }

    /// An accuracy from its parts.
    public init(top1: Double?, top5: Double?, count: Int, classes: [ClassAccuracy]) {
      self.top1 = top1
      self.top5 = top5
      self.count = count
      self.classes = classes
    }
  }

  /// What a model says of a finished picture, read back from its 8-bit file.
  public struct Judgement: Codable, Sendable, Equatable {
    /// The identity of the job that made the picture.
    public var picture: String
    /// Which of its files.
    public var file: String
    /// The five most probable classes.
    public var predictions: [Prediction]
    /// The intended class's probability; `nil` if the picture isn't of a class that this model knows.
    public var targetProbability: Double?
    /// The intended class's place in the order of probability, from 1.
    public var targetRank: Int?

    private enum CodingKeys: String, CodingKey {
      case picture, file, predictions
      case targetProbability = "target_probability"
      case targetRank = "target_rank"
    }

    /// A judgement from its parts.
    public init(
      picture: String, file: String, predictions: [Prediction], targetProbability: Double?, targetRank: Int?
    ) {
      self.picture = picture
      self.file = file
      self.predictions = predictions
      self.targetProbability = targetProbability
      self.targetRank = targetRank
    }
  }
}
