public import Models
public import Network

/// What a class is read from: how much each channel of the penultimate layer adds to the class's score.
///
/// Relevance is gradient × activation of the class's score (before the softmax), averaged over reference pictures. For
/// the usual linear classifier it is a_c · w_kc, which is also what layer-wise relevance propagation's epsilon rule
/// gives at this layer.
public struct PenultimateRelevance: Sendable, Equatable {
  /// A channel's part.
  public struct Channel: Sendable, Equatable {
    /// Its number.
    public let index: Int
    /// Mean relevance over the references, in units of the class's score.
    public let mean: Double
    /// Standard deviation over the references (of the population).
    public let spread: Double
    /// Its part of the positive relevance of all channels; 0 for one that speaks against the class.
    public let share: Double
  }

  /// The layer by which the channels are addressed: `layer4` of a ResNet, whose channels' means feed the classifier.
  public let layer: String
  /// The class.
  public let classIndex: Int
  /// How many references were averaged over.
  public let count: Int
  /// All channels, most relevant first; of equal ones the lower index.
  public let channels: [Channel]

  /// The `count` most relevant channels.
  public func top(_ count: Int) -> ArraySlice<Channel> { channels.prefix(count) }

  /// Measures the relevance for a class on `count` pictures of it, prepared for the model and asked for one after
  /// another. Throws ``AttributionError`` without pictures.
  public static func measure(
    _ model: Model, class classIndex: Int, count: Int, options: Executor.Options = .init(), batch: Int = 16,
    picture: (_ index: Int) throws -> [Float], progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> PenultimateRelevance {
    guard count > 0 else { throw AttributionError.noPictures("the relevance of channels") }
    precondition(model.labels.indices.contains(classIndex), "the class is one of the model's")
    let features = model.graph[model.penultimate].shape.reduce(1, *)
    var rows: [Float] = []
    rows.reserveCapacity(count * features)
    try PictureRunner(model: model, taps: [model.penultimate], batch: batch, options: options)
      .run(count: count, picture: picture) { index, value in
        rows.append(contentsOf: value(model.penultimate))
        try progress(.init(stage: .looking, done: index + 1, total: count))
      }
    let head = try ClassifierHead(model, batch: batch, gradient: true, options: options)
    let gradient = try head.gradient(of: classIndex, at: rows)
    return PenultimateRelevance(
      layer: model.penultimateLayer, classIndex: classIndex, count: count,
      channels: summarize(zip(rows, gradient).map { Double($0) * Double($1) }, features))
  }

  /// Means and deviations of the columns of a matrix of relevances.
  private static func summarize(_ relevance: [Double], _ features: Int) -> [Channel] {
    let count = Double(relevance.count / features)
    let moments = (0..<features).map { channel in
      let column = stride(from: channel, to: relevance.count, by: features).map { relevance[$0] }
      let mean = column.reduce(0, +) / count
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return (mean: mean, spread: variance.squareRoot())
    }
    let positive = moments.reduce(0) { $0 + max(0, $1.mean) }
    return moments.enumerated().map { index, moment in
      Channel(
        index: index, mean: moment.mean, spread: moment.spread,
        share: positive > 0 ? max(0, moment.mean) / positive : 0)
    }
    .sorted { ($1.mean, $0.index) < ($0.mean, $1.index) }
  }
}
