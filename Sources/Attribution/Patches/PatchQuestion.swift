import Foundation
public import Models
public import NeuralNetwork
public import Visualization

/// What is looked for in pictures: everything that decides the answer, but the model and the pictures.
public struct PatchQuestion: Sendable, Equatable {
  /// Whose activations are looked at.
  public enum Subject: Sendable, Equatable, Codable {
    /// All channels of a layer at once (all numbers of its tokens), each averaged over all positions. By the name of its node:
    /// see ``PatchQuestion/layer(_:in:)``.
    case layer(String)
    /// Any targets, such as directions, sums, or single positions.
    case targets([Target])
  }

  /// Whose activations are looked at.
  public var subject: Subject
  /// How patches are cut.
  public var grid = PatchGrid()
  /// How many patches are kept for each unit, each of another picture: its best. Each takes 12 bytes, so that 1000 for
  /// 2048 channels are 25 MB.
  public var kept = 1000
  /// How many are kept of the pictures whose best patch is lowest.
  public var lowest = 16
  /// The most bins of a histogram.
  public var bins = 40
  /// The numbers that the network computes with.
  public var precision = Precision.float32
  /// How many patches, at most, run through the network together.
  public var batch = 16

  /// A question with the usual numbers.
  public init(_ subject: Subject) { self.subject = subject }

  /// All channels of a layer, by any of its names. Throws ``ModelError`` if the model doesn't have it.
  public static func layer(_ name: String, in model: Model) throws(ModelError) -> PatchQuestion {
    PatchQuestion(.layer(model.graph[try model.node(name)].name))
  }

  /// The question that some targets are about, and which of its units each is: a whole layer if they are plain channels of
  /// one, so that other channels of it need no other pass. Throws `VisualizationError` for what the model doesn't have.
  public static func asking(
    for targets: [Target], in model: Model
  ) throws(VisualizationError) -> (question: PatchQuestion, units: [Int]) {
    for target in targets { _ = try TargetReader(target, in: model) }
    var layers: Set<String> = []
    var channels: [Int] = []
    for target in targets {
      guard target.terms.count == 1, target.terms[0].weight == 1,
        case .layer(let name, .channel(let channel), position: nil) = target.terms[0].unit,
        let node = model.graph.node(named: name)
      else { return (PatchQuestion(.targets(targets)), Array(targets.indices)) }
      layers.insert(model.graph[node].name)
      channels.append(channel)
    }
    guard layers.count == 1, let layer = layers.first else {
      return (PatchQuestion(.targets(targets)), Array(targets.indices))
    }
    return (PatchQuestion(.layer(layer)), channels)
  }

  /// Everything that decides the answer apart from the pictures' contents, as JSON with sorted keys.
  func text(_ model: Model) -> String {
    struct Whole: Encodable {
      let weights: String
      let network: String
      let subject: Subject
      let share: Double
      let step: Double
      let kept: Int
      let lowest: Int
      let bins: Int
      let precision: String
      let batch: Int
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let whole = Whole(
      weights: model.weightsHash, network: model.networkHash, subject: subject, share: grid.share,
      step: grid.step, kept: kept, lowest: lowest, bins: bins, precision: precision.rawValue, batch: batch)
    return String(decoding: (try? encoder.encode(whole)) ?? Data(), as: UTF8.self)
  }
}
