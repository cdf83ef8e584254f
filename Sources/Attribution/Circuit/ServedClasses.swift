public import Models
public import NeuralNetwork
public import Relevance

/// The other way round: from a neuron up to the classes that it serves.
public struct ServedClasses: Sendable, Codable, Equatable {
  /// A class.
  public struct Service: Sendable, Codable, Equatable {
    /// The class's index.
    public var classIndex: Int
    /// The class's label.
    public var label: String
    /// The channel's part of all positive relevance that the class has from its layer, in pictures of the class.
    public var share: Circuit.Figure

    /// A class from its parts.
    public init(classIndex: Int, label: String, share: Circuit.Figure) {
      self.classIndex = classIndex
      self.label = label
      self.share = share
    }
  }

  /// The classes that pictures were given of, the most served first.
  public var classes: [Service]

  /// Classes.
  public init(classes: [Service]) { self.classes = classes }

  /// Looks at pictures of classes, prepared for the model, as many of a class as `counts` says. Throws
  /// ``AttributionError`` without pictures, for a layer that doesn't lead to the classes and where relevance is no number,
  /// and what `picture` and `progress` throw.
  public static func find(
    _ layer: String, channel: Int, in model: Model, counts: [Int: Int], rules: RelevanceComposite? = nil,
    options: Executor.Options = .init(), picture: (_ classIndex: Int, _ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> ServedClasses {
    let total = counts.values.reduce(0, +)
    guard total > 0 else { throw AttributionError.noPictures("the classes that a neuron serves") }
    guard let node = model.node(ofLayer: layer) else {
      throw AttributionError.unknownLayer(layer, model: model.name)
    }
    var done = 0
    var classes: [Service] = []
    for (index, count) in counts.sorted(by: { $0.key < $1.key }) {
      let tracer = try CircuitTracer(
        model, class: index, levels: [node],
        rules: rules ?? AttributionMethod.usualRules(for: model.architecture), options: options)
      var shares: [Double] = []
      for number in 0..<count {
        let relevance = try tracer.trace(try picture(index, number), along: [])[0]
        guard relevance.allSatisfy(\.isFinite) else { throw AttributionError.notFinite(model: model.name) }
        let positive = relevance.reduce(0) { $0 + max(0, $1) }
        shares.append(positive > 0 ? relevance[channel] / positive : 0)
        done += 1
        try progress(.init(stage: .looking, done: done, total: total))
      }
      classes.append(.init(classIndex: index, label: model.labels[index], share: .init(shares)))
    }
    return ServedClasses(
      classes: classes.sorted { ($1.share.mean, $0.classIndex) < ($0.share.mean, $1.classIndex) })
  }
}
