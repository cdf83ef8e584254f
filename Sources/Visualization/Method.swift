public import Models

/// A way to make a network show what a target stands for, with all of its settings.
public protocol Method: Sendable {
  /// What the method says of itself.
  static var description: MethodDescription { get }
  /// Every setting that the method understands, with the defaults that its paper gives for this network.
  static func schema(for model: Model) -> [Setting]
  /// The complete settings that this value works with: what a recipe records.
  var settings: Settings { get }
  /// A method for a model, with some settings other than the defaults. Throws ``VisualizationError`` for an
  /// unknown name (with a suggestion), a wrong type, or a value out of range.
  init(model: Model, overrides: Settings) throws(VisualizationError)
  /// Makes the picture.
  ///
  /// `progress` is called after each step, on the calling thread; a `CancellationError` thrown by it ends the
  /// work and is thrown on. Everything else that is thrown is a ``VisualizationError`` or a `NetworkError`.
  /// The same request gives the same bytes on the same kind of machine and number of threads.
  func visualize(
    _ request: VisualizationRequest, progress: (VisualizationProgress) throws(CancellationError) -> Void
  ) throws -> Visualization
}

extension Method {
  /// The settings that a method has for a network when nothing else is asked for.
  public static func defaults(for model: Model) -> Settings {
    Settings(Dictionary(uniqueKeysWithValues: schema(for: model).map { ($0.name, $0.standard) }))
  }
}
