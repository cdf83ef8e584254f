extension Record {
  /// What a job found, by kind. In JSON an object with a single key, the case's name.
  public enum Payload: Sendable, Equatable {
    /// Natural pictures.
    case references(References)
    /// What in natural pictures speaks for their class.
    case attributions(Attributions)
    /// A synthetic picture.
    case visualization(Visualization)
    /// A class's most relevant channels.
    case circuit(Circuit)
    /// The classes that a channel serves.
    case served(Served)
    /// Directions that make up a class, or given ones.
    case concept(Concept)
    /// Where in natural pictures such directions are strong.
    case conceptMaps(ConceptMaps)
    /// Groups of a class's natural pictures.
    case facets(Facets)
    /// A row of synthetic pictures.
    case interpolation(Interpolation)
    /// An adversarial example.
    case adversarial(Adversarial)
    /// A model and its accuracy on the references.
    case accuracy(Accuracy)
    /// What a model says of a finished picture.
    case judgement(Judgement)
  }

  /// A label that a model gives, with its probability.
  public struct Prediction: Codable, Sendable, Equatable {
    /// The class's index in that model.
    public var classIndex: Int
    /// The class's label.
    public var label: String
    /// Softmax probability.
    public var probability: Double

    private enum CodingKeys: String, CodingKey {
      case label, probability
      case classIndex = "class_index"
    }

    /// A prediction from its parts.
    public init(classIndex: Int, label: String, probability: Double) {
      self.classIndex = classIndex
      self.label = label
      self.probability = probability
    }
  }

  /// A natural picture or a part of one.
  public struct Patch: Codable, Sendable, Equatable {
    /// The file in this entry.
    public var file: String
    /// Where it comes from: the path below the exhibition's references folder.
    public var source: String
    /// What it was chosen for: the mean activation over the patch; `nil` for plain references.
    public var score: Double?
    /// The patch within the prepared picture: left, top and side in pixels; `nil` for whole pictures.
    public var box: [Int]?

    /// A patch from its parts.
    public init(file: String, source: String, score: Double? = nil, box: [Int]? = nil) {
      self.file = file
      self.source = source
      self.score = score
      self.box = box
    }
  }

  /// A synthetic picture and how it came to be.
  public struct Visualization: Codable, Sendable, Equatable {
    /// The picture's file.
    public var picture: String
    /// The file of the transparency map (one channel); `nil` if the method makes none.
    public var transparency: String?
    /// The target's activation by the finished, 8-bit picture.
    public var activation: Double
    /// The target class's probability by the finished, 8-bit picture; `nil` for inner units.
    public var targetProbability: Double?
    /// How many steps were made.
    public var steps: Int
    /// Pictures of the way, in order; the last is the finished one.
    public var snapshots: [Snapshot]
    /// Loss and activation over the steps.
    public var trace: [TracePoint]
    /// What a reader should know, such as that no gradient reached the picture.
    public var warnings: [String]

    /// A picture on the way.
    public struct Snapshot: Codable, Sendable, Equatable {
      /// After how many steps.
      public var step: Int
      /// Its file.
      public var file: String

      /// A snapshot.
      public init(step: Int, file: String) {
        self.step = step
        self.file = file
      }
    }

    /// The state at a step.
    public struct TracePoint: Codable, Sendable, Equatable {
      /// The step.
      public var step: Int
      /// The loss.
      public var loss: Double
      /// The target's activation; `nil` where the method doesn't compute it.
      public var activation: Double?

      /// A point of the trace.
      public init(step: Int, loss: Double, activation: Double?) {
        self.step = step
        self.loss = loss
        self.activation = activation
      }
    }

    private enum CodingKeys: String, CodingKey {
      case picture, transparency, activation, steps, snapshots, trace, warnings
      case targetProbability = "target_probability"
    }

    /// A visualization from its parts.
    public init(
      picture: String, transparency: String?, activation: Double, targetProbability: Double?, steps: Int,
      snapshots: [Snapshot], trace: [TracePoint], warnings: [String] = []
    ) {
      self.picture = picture
      self.transparency = transparency
      self.activation = activation
      self.targetProbability = targetProbability
      self.steps = steps
      self.snapshots = snapshots
      self.trace = trace
      self.warnings = warnings
    }
  }
}
