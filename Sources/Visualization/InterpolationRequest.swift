public import Imaging
public import Models
public import NeuralNetwork

/// A row of pictures from one target to another.
public struct InterpolationRequest: Sendable {
  /// The network to look into; the same that the method was made for.
  public var model: Model
  /// What the first picture is to show.
  public var from: Target
  /// What the last picture is to show.
  public var to: Target
  /// How many pictures, both ends among them; from 2.
  public var count: Int
  /// Where all random numbers come from.
  public var seed: UInt64
  /// Threads to work with; 0 stands for all cores.
  public var threads: Int
  /// The precision of the network's arithmetic.
  public var precision: Precision

  /// A request.
  public init(
    model: Model, from: Target, to: Target, count: Int, seed: UInt64 = 0, threads: Int = 0,
    precision: Precision = .float32
  ) {
    self.model = model
    self.from = from
    self.to = to
    self.count = count
    self.seed = seed
    self.threads = threads
    self.precision = precision
  }

  /// The most pictures of a row: all go through the network together.
  public static let mostPictures = 32

  /// How much of the second target each picture shows: i/(count − 1).
  public var shares: [Double] { (0..<count).map { Double($0) / Double(max(1, count - 1)) } }
}

/// A row of pictures from one target to another.
public struct Interpolation: Sendable {
  /// The pictures in the row's order, in [0, 1].
  public let pictures: [Image]
  /// About a hundred points of the loss.
  public let trace: [Point]
  /// Steps done.
  public let steps: Int
  /// Wall time, planning included.
  public let seconds: Double
  /// What a reader should know.
  public let warnings: [String]

  /// The loss before a step's update.
  public struct Point: Sendable, Equatable {
    /// The step, counted from 1.
    public let step: Int
    /// The loss: less than zero, the higher the activations.
    public let loss: Double
  }
}
