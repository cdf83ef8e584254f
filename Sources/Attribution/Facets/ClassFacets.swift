public import Models
public import NeuralNetwork

/// The facets of a class: groups of its pictures that the network sees alike, by k-means on the penultimate features.
///
/// A class neuron stands for several things at once (Nguyen, Yosinski & Clune 2016, arXiv 1602.03616, who cluster a
/// class's pictures in this way; VITAL does the same with patches of mixed neurons, figure 26): one picture of each group
/// shows them apart.
public struct ClassFacets: Sendable, Equatable {
  /// A group of pictures.
  public struct Facet: Sendable, Equatable {
    /// The pictures by their numbers, most typical first.
    public let members: [Int]
  }

  /// The groups, largest first; of equal ones that with the earlier picture.
  public let facets: [Facet]
  /// How much of the features' variance lies between the groups, from 0 to 1.
  public let explained: Double

  /// Finds `facets` groups of a class's pictures, prepared for the model and asked for one after another. Throws
  /// ``AttributionError`` without pictures, and for more groups than pictures.
  public static func find(
    in model: Model, pictures: Int, facets count: Int, seed: UInt64, options: Executor.Options = .init(),
    batch: Int = 16, picture: (_ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> ClassFacets {
    guard pictures > 0 else { throw AttributionError.noPictures("the facets of a class") }
    guard (1...pictures).contains(count) else {
      throw AttributionError.tooManyFacets(count, pictures: pictures)
    }
    let columns = model.graph[model.penultimate].shape.reduce(1, *)
    var rows: [Float] = []
    rows.reserveCapacity(pictures * columns)
    try PictureRunner(model: model, taps: [model.penultimate], batch: batch, options: options)
      .run(count: pictures, picture: picture) { index, value in
        rows.append(contentsOf: value(model.penultimate))
        try progress(.init(stage: .looking, done: index + 1, total: pictures))
      }
    let clusters = KMeans(rows, columns: columns, count: count, seed: seed)
    let whole = KMeans(rows, columns: columns, count: 1, seed: seed, restarts: 1)
    let groups = (0..<count).map { clusters.members(of: $0, rows: rows, columns: columns) }
    return ClassFacets(
      facets: groups.sorted { ($1.count, $0.min() ?? 0) < ($0.count, $1.min() ?? 0) }.map(Facet.init),
      explained: whole.inertia > 0 ? 1 - clusters.inertia / whole.inertia : 0)
  }
}
