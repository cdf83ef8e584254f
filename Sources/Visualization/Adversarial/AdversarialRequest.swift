public import NeuralNetwork

/// One adversarial example to be made.
public struct AdversarialRequest: Sendable {
  /// The natural picture, C×H×W in [0, 1], prepared for the model's input but not normalized.
  public var picture: [Float]
  /// The class that the picture shows; what the network sees in it if `nil`.
  public var source: Int?
  /// The class that the network is to see in it.
  public var target: Int
  /// Where all random numbers come from.
  public var seed: UInt64
  /// Threads to work with; 0 stands for all cores.
  public var threads: Int
  /// The precision of the network's arithmetic.
  public var precision: Precision
  /// How many points of the way to keep beside its beginning and end, evenly spaced over the most steps.
  public var snapshots: Int

  /// A request.
  public init(
    picture: [Float], source: Int? = nil, target: Int, seed: UInt64 = 0, threads: Int = 0,
    precision: Precision = .float32, snapshots: Int = 0
  ) {
    self.picture = picture
    self.source = source
    self.target = target
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.snapshots = snapshots
  }
}
