public import Models
public import NeuralNetwork

/// One picture to be made: of what, from what, and with what resources.
public struct VisualizationRequest: Sendable {
  /// The network to look into; the same that the method was made for.
  public var model: Model
  /// What the picture is to show.
  public var target: Target
  /// Natural pictures of the target, C×H×W in [0, 1] each, prepared for the model's input but not normalized.
  public var references: [[Float]]
  /// What ``ReferenceStatistics`` found in the references, if it is known already; else it is made from them.
  public var statistics: ReferenceStatistics?
  /// The magnitude spectrum of natural pictures for methods that use one; else it is made from the references.
  public var magnitudes: MagnitudeSpectrum?
  /// Where all random numbers come from.
  public var seed: UInt64
  /// Threads to work with; 0 stands for all cores.
  public var threads: Int
  /// The precision of the network's arithmetic.
  public var precision: Precision
  /// A picture to start from instead of noise, C×H×W in [0, 1], prepared but not normalized.
  public var start: [Float]?
  /// How many pictures on the way to keep, evenly spaced, the last being the result.
  public var snapshots: Int

  /// A request.
  public init(
    model: Model, target: Target, references: [[Float]] = [], statistics: ReferenceStatistics? = nil,
    magnitudes: MagnitudeSpectrum? = nil, seed: UInt64 = 0, threads: Int = 0, precision: Precision = .float32,
    start: [Float]? = nil,
    snapshots: Int = 0
  ) {
    self.model = model
    self.target = target
    self.references = references
    self.statistics = statistics
    self.magnitudes = magnitudes
    self.seed = seed
    self.threads = threads
    self.precision = precision
    self.start = start
    self.snapshots = snapshots
  }
}

extension VisualizationRequest {
  /// Throws ``VisualizationError`` if the request doesn't fit the model that a method was made for.
  func check(for method: String, model: Model) throws(VisualizationError) {
    guard self.model.weightsHash == model.weightsHash, self.model.input == model.input else {
      throw .unsupported(
        method: method, reason: "the request is for another network than the method was made for")
    }
    let expected = model.inputShape.total
    if let start, start.count != expected { throw .startSize(count: start.count, expected: expected) }
    for (index, reference) in references.enumerated() where reference.count != expected {
      throw .referenceSize(index: index, count: reference.count, expected: expected)
    }
  }
}
