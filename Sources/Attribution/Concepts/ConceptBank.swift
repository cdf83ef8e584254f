public import Models
public import NeuralNetwork
import Tensor

/// The concepts of a class, found without supervision: CRAFT (Fel et al. 2023, arXiv 2211.10154).
///
/// Patches of the class's pictures run through the network; non-negative factorization takes their penultimate features
/// (the means over positions) apart into few directions; Sobol's total indices say how much each matters for the
/// class's score. Recursion to earlier layers is left out. Where the paper's code starts the factorization from a
/// singular value decomposition, this starts from seeded random numbers.
public struct ConceptBank: Sendable, Equatable {
  /// What may be set, with the authors' defaults, but ten concepts.
  public struct Settings: Sendable, Codable, Equatable {
    /// How many concepts to look for.
    public var count = 10
    /// How patches are cut.
    public var grid = PatchGrid()
    /// Patches to keep for each.
    public var patches = 10
    /// Points of Sobol's design.
    public var designs = 32
    /// When the factorization ends: the gradient's size, relative to that of its first step.
    public var tolerance = 1e-4
    /// The most steps of the factorization.
    public var iterations = 400

    /// The defaults.
    public init() {}
  }

  /// The layer in whose channels the directions lie.
  public let layer: String
  /// The class.
  public let classIndex: Int
  /// The concepts, most important first.
  public let concepts: [Concept]
  /// The part of the features' energy that the concepts explain, from 0 to 1.
  public let explained: Double
  /// How many patches were taken apart.
  public let patchCount: Int
  /// How many steps the factorization took.
  public let iterations: Int

  /// Finds the concepts of a class in `pictures` pictures of it, each prepared for the model and asked for when needed.
  /// Throws ``AttributionError`` without pictures and for features below zero.
  public static func find(
    in model: Model, class classIndex: Int, pictures: Int, seed: UInt64, settings: Settings = .init(),
    options: Executor.Options = .init(), batch: Int = 16, picture: @escaping (_ index: Int) throws -> [Float],
    progress: (AttributionProgress) throws -> Void = { _ in }
  ) throws -> ConceptBank {
    guard pictures > 0 else { throw AttributionError.noPictures("the concepts of a class") }
    precondition(model.labels.indices.contains(classIndex), "the class is one of the model's")
    let source = PatchSource(model: model, grid: settings.grid, picture: picture)
    let features = FeatureCollector(model: model, batch: batch, options: options)
    let perPicture = settings.grid.count(model.input)
    let total = pictures * (perPicture + 1)
    let most = min(
      pictures * perPicture, model.graph[model.penultimate].shape.reduce(1, *), SobolIndices.mostInputs)
    guard (1...most).contains(settings.count) else {
      throw AttributionError.tooManyDirections(settings.count, most: most)
    }
    let ofPatches = try features.collect(count: pictures * perPicture, picture: source.enlarged) {
      try progress(.init(stage: .looking, done: $0, total: total))
    }
    let ofPictures = try features.collect(count: pictures, picture: picture) {
      try progress(.init(stage: .looking, done: pictures * perPicture + $0, total: total))
    }
    var factors = try NonnegativeFactorization(
      ofPatches, rows: pictures * perPicture, rank: settings.count, seed: seed, tolerance: settings.tolerance,
      limit: settings.iterations
    ) { try progress(.init(stage: .factorizing, done: $0, total: settings.iterations)) }
    factors.normalize()
    let indices = try ConceptImportance(model: model, batch: batch, options: options)
      .measure(factors, of: ofPictures, class: classIndex, designs: settings.designs) {
        try progress(.init(stage: .weighing, done: $0, total: pictures))
      }
    return ConceptBank(
      layer: model.penultimateLayer, classIndex: classIndex,
      concepts: try concepts(factors, indices, source, perPicture, settings.patches),
      explained: factors.explained, patchCount: pictures * perPicture, iterations: factors.iterations)
  }

  /// Directions with their importance and best patches, most important first.
  private static func concepts(
    _ factors: NonnegativeFactorization, _ indices: [Double], _ source: PatchSource, _ perPicture: Int,
    _ count: Int
  ) throws -> [Concept] {
    let sum = indices.reduce(0, +)
    return try indices.indices.sorted { (indices[$1], $0) < (indices[$0], $1) }.map { concept in
      let candidates = stride(from: 0, to: factors.rows, by: perPicture).compactMap { start in
        (start..<start + perPicture)
          .map { row in
            Candidate(
              picture: row / perPicture, patch: row % perPicture,
              score: Double(factors.left[row * factors.rank + concept]))
          }
          .max { ($0.score, $1.patch) < ($1.score, $0.patch) }
      }
      return Concept(
        direction: Array(factors.right[concept * factors.columns..<(concept + 1) * factors.columns]),
        totalIndex: indices[concept], importance: sum > 0 ? indices[concept] / sum : 0,
        patches: try source.patches(candidates.filter { $0.score > 0 }, count))
    }
  }
}
