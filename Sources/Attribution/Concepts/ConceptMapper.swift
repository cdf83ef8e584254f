public import Imaging
public import Models
public import NeuralNetwork
import Tensor

/// Where in a picture each of a layer's directions is strong (CRAFT, section 3.4). Planned once; one thread at a time.
public final class ConceptMapper {
  /// How what a position holds is divided among directions.
  public enum Division: Sendable, Equatable {
    /// Non-negative parts whose sum is nearest to the position's activations: for the directions of a factorization.
    case parts
    /// The dot product with each direction by itself, and nothing below zero.
    case projections
  }

  private let model: Model
  private let node: Graph.NodeID
  private let grid: Graph.Grid
  private let directions: [[Float]]
  private let division: Division
  private let executor: Executor

  /// Plans maps of directions, a weight a channel each. Throws `ModelError` for a layer that the model doesn't have,
  /// ``AttributionError/noPositions(layer:)`` for one without places in the picture and
  /// ``AttributionError/otherWidth(layer:channels:weights:)``, and `NetworkError`.
  public init(
    _ directions: [[Float]], layer: String, division: Division, in model: Model,
    options: Executor.Options = .init()
  ) throws {
    self.model = model
    self.directions = directions
    self.division = division
    node = try model.node(layer)
    guard let grid = model.graph.grid(of: node) else { throw AttributionError.noPositions(layer: layer) }
    self.grid = grid
    let channels = model.graph.channelCount(of: node)
    for direction in directions where direction.count != channels {
      throw AttributionError.otherWidth(layer: layer, channels: channels, weights: direction.count)
    }
    executor = try Executor(
      graph: model.graph, batch: 1, taps: [node], gradient: false, options: options)
  }

  /// How much of a direction, by its index, is where in a picture prepared for the model: a map of the picture's size, ≥ 0.
  public func map(of prepared: [Float], direction: Int) throws -> Image {
    precondition(directions.indices.contains(direction), "the direction is one of those given")
    precondition(prepared.count == model.input.count, "a picture is prepared for the model")
    var picture = prepared
    model.input.normalize(&picture)
    _ = executor.input.update(fromContentsOf: picture)
    try executor.forward()
    let amounts = amounts(executor.value(of: node))
    let size = model.input.size
    var map = Image(width: grid.columns, height: grid.rows, channels: 1, filledWith: 0)
    for place in 0..<map.area { map.pixels[place] = amounts[place * directions.count + direction] }
    var large = map.resized(width: size, height: size, filter: .bicubic, antialias: false, rounding: false)
    // The bicubic filter swings below zero beside what is strong.
    for index in large.pixels.indices { large.pixels[index] = max(0, large.pixels[index]) }
    return large
  }

  /// Places × directions.
  private func amounts(_ value: UnsafeBufferPointer<Float>) -> [Float] {
    let places = grid.rows * grid.columns
    let channels = model.graph.channelCount(of: node)
    var rows = [Float](repeating: 0, count: places * channels)
    for channel in 0..<channels {
      let own = Array(model.graph.places(of: channel, in: node))
      for place in 0..<places { rows[place * channels + channel] = value[own[grid.first + place]] }
    }
    switch division {
    case .parts:
      return NonnegativeFactorization.encode(
        rows, in: directions.flatMap(\.self), rank: directions.count, columns: channels)
    case .projections:
      return (0..<places).flatMap { place in
        directions.map { direction in
          let held = rows[place * channels..<(place + 1) * channels]
          return max(0, zip(direction, held).reduce(0) { $0 + $1.0 * $1.1 })
        }
      }
    }
  }
}
