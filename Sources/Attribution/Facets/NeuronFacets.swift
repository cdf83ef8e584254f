public import Models
public import NeuralNetwork
import Relevance
public import Visualization

/// The facets of a mixed (polysemantic) neuron: groups of the patches that excite it, each for another reason.
///
/// VITAL shows one picture for each group that k-means finds in a neuron's top 1000 patches (Görgün et al. 2025, figure
/// 26), and says neither of which vectors nor how many groups. Ours: a patch is described by what of the layer below the
/// neuron has its relevance, or by what its layer's channels do, as a vector of unit length; of two to some groups those are
/// taken whose silhouette is greatest, and one if none reaches ``Settings/least``.
public struct NeuronFacets: Sendable, Equatable {
  /// What is looked for.
  public struct Settings: Sendable, Equatable {
    /// By what patches are told apart.
    public enum Vectors: String, Sendable, CaseIterable {
      /// The relevance of the channels of the stage below.
      case relevance
      /// The activations of the neuron's layer.
      case activation
    }

    /// By what patches are told apart.
    public var vectors = Vectors.relevance
    /// How many groups; chosen by the silhouette if `nil`.
    public var count: Int?
    /// The most groups to choose from.
    public var most = 5
    /// The least mean silhouette by which a neuron counts as mixed.
    public var least = 0.1

    /// The usual settings.
    public init() {}
  }

  /// A group of patches.
  public struct Facet: Sendable, Equatable {
    /// The patches by their numbers, most typical first.
    public let members: [Int]
    /// How well they belong together, from −1 to 1: the mean silhouette of all groups; 0 if there is but one.
    public let silhouette: Double
  }

  /// The groups, largest first; of equal ones that with the better patch.
  public let facets: [Facet]
  /// The mean silhouette for each number of groups that was tried, from 2.
  public let silhouettes: [Double]
  /// How much of the vectors' variance lies between the groups, from 0 to 1.
  public let explained: Double

  /// Groups patches that excite a target, at the network's input size, not normalized, asked for one after another.
  /// Throws ``AttributionError`` without patches, for more groups than patches, for a neuron with nothing below it
  /// and where relevance is no number, and what `patch` and `progress` throw.
  public static func find(
    _ target: Target, in model: Model, patches count: Int, settings: Settings = .init(), seed: UInt64,
    options: Executor.Options = .init(), patch: (_ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> NeuronFacets {
    guard count > 0 else { throw AttributionError.noPictures("the facets of a neuron") }
    if let wanted = settings.count, !(1...count).contains(wanted) {
      throw AttributionError.tooManyFacets(wanted, pictures: count)
    }
    let describer = try PatchDescriber(target, in: model, by: settings.vectors, options: options)
    var rows: [Float] = []
    for index in 0..<count {
      let vector = try describer.describe(try patch(index))
      guard vector.allSatisfy(\.isFinite) else { throw AttributionError.notFinite(model: model.name) }
      rows += vector
      try progress(.init(stage: .looking, done: index + 1, total: count))
    }
    return group(rows, columns: describer.columns, settings, seed)
  }

  static func group(_ rows: [Float], columns: Int, _ settings: Settings, _ seed: UInt64) -> NeuronFacets {
    let total = rows.count / columns
    let silhouette = Silhouette(rows, columns: columns)
    let counts = settings.count.map { $0...$0 } ?? 2...max(2, settings.most)
    let tried = counts.filter { (2...max(2, total)).contains($0) && $0 <= total }.map {
      KMeans(rows, columns: columns, count: $0, seed: seed)
    }
    let silhouettes = tried.map { silhouette.mean($0.assignment) }
    let best = silhouettes.indices.max { silhouettes[$0] < silhouettes[$1] }
    let whole = KMeans(rows, columns: columns, count: 1, seed: seed)
    var (chosen, mean) = (whole, 0.0)
    if let best, settings.count != nil || silhouettes[best] >= settings.least {
      (chosen, mean) = (tried[best], silhouettes[best])
    }
    let groups = (0...(chosen.assignment.max() ?? 0)).map {
      chosen.members(of: $0, rows: rows, columns: columns)
    }
    let sorted = groups.sorted { ($1.count, $0.min() ?? 0) < ($0.count, $1.min() ?? 0) }
    return NeuronFacets(
      facets: sorted.map { Facet(members: $0, silhouette: mean) },
      silhouettes: settings.count == nil ? silhouettes : [],
      explained: whole.inertia > 0 ? 1 - chosen.inertia / whole.inertia : 0)
  }
}

/// Describes patches by what makes them excite a target.
private final class PatchDescriber {
  let columns: Int
  private let model: Model
  private let reader: TargetReader
  private let layer: Graph.NodeID
  private let way: Way

  private enum Way {
    case relevance(RelevancePropagator)
    case activation(Executor)
  }

  init(
    _ target: Target, in model: Model, by vectors: NeuronFacets.Settings.Vectors, options: Executor.Options
  ) throws {
    self.model = model
    reader = try TargetReader(target, in: model)
    guard let start = reader.relevanceNode else { throw AttributionError.severalLayers }
    switch vectors {
    case .relevance:
      guard let below = model.stages.last(where: { $0 < start && model.graph.depends(start, on: $0) }) else {
        throw AttributionError.nothingBelow(model.graph[start].name)
      }
      layer = below
      way = .relevance(
        try RelevancePropagator(
          graph: model.graph, composite: AttributionMethod.usualRules(for: model.architecture), from: start,
          to: [below], bounds: PictureBounds(model.input), options: options))
    case .activation:
      layer = start
      way = .activation(
        try Executor(graph: model.graph, batch: 1, taps: [start], gradient: false, options: options))
    }
    columns = model.graph.channelCount(of: layer)
  }

  /// A vector of unit length, or zero: one number a channel, summed over positions.
  func describe(_ patch: [Float]) throws -> [Float] {
    guard patch.count == model.input.count else {
      throw NetworkError.shape(
        node: "input",
        reason: "a patch has \(patch.count) numbers, and \(model.name) takes \(model.input.count)")
    }
    var picture = patch
    model.input.normalize(&picture)
    let values: UnsafeBufferPointer<Float>
    switch way {
    case .relevance(let propagator):
      _ = propagator.input.update(fromContentsOf: picture)
      try propagator.forward()
      try propagator.propagate { reader.writeRelevance(.activation, of: $0, to: $1) }
      values = propagator.relevance(of: layer)
    case .activation(let executor):
      _ = executor.input.update(fromContentsOf: picture)
      try executor.forward()
      values = executor.value(of: layer)
    }
    let sums = (0..<columns).map { channel in
      model.graph.places(of: channel, in: layer).reduce(Float(0)) { $0 + values[$1] }
    }
    let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? sums.map { $0 / length } : sums
  }
}

extension Graph {
  /// Whether a node's value depends on another's.
  fileprivate func depends(_ node: NodeID, on other: NodeID) -> Bool {
    var found: Set<NodeID> = [node]
    for id in ids.reversed() where found.contains(id) { found.formUnion(self[id].inputs) }
    return found.contains(other)
  }
}
