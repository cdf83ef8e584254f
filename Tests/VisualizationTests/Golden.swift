import Foundation
import Imaging
import Models

@testable import Visualization

/// What PyTorch made of the same numbers: see tools/golden_visualization.py.
struct Golden: Decodable {
  /// A loss with its gradient, and ten steps.
  struct Run: Decodable {
    let shifts: [[Int]]
    let loss: Double
    let gradientNorm: Double
    let gradient: Whole
    let targets: [[Float]]
    let losses: [Double]
    let picture: [Float]
    let pictureNorm: Double
  }
  struct Vital: Decodable {
    let weights: String
    let layerWeights: [Double]
    let tv: Double
    let norm: Double
    let run: Run

    private enum CodingKeys: CodingKey { case weights, layerWeights, tv, norm }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      weights = try values.decode(String.self, forKey: .weights)
      layerWeights = try values.decode([Double].self, forKey: .layerWeights)
      tv = try values.decode(Double.self, forKey: .tv)
      norm = try values.decode(Double.self, forKey: .norm)
      run = try Run(from: decoder)
    }
  }
  /// Of an inner neuron, weighted by relevance.
  struct Inner: Decodable {
    let layer: String
    let channel: Int
    let layerWeights: [Double]
    let price: Double
    let importance: [[Float]]
    let run: Run

    private enum CodingKeys: CodingKey { case layer, channel, layerWeights, price, importance }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      layer = try values.decode(String.self, forKey: .layer)
      channel = try values.decode(Int.self, forKey: .channel)
      layerWeights = try values.decode([Double].self, forKey: .layerWeights)
      price = try values.decode(Double.self, forKey: .price)
      importance = try values.decode([[Float]].self, forKey: .importance)
      run = try Run(from: decoder)
    }
  }
  /// All numbers of a tensor, as half floats and a scale.
  struct Whole: Decodable {
    let scale: Float
    let halves: Data

    var values: [Float] {
      stride(from: 0, to: halves.count - 1, by: 2).map {
        scale * Float(Float16(bitPattern: UInt16(halves[$0]) | UInt16(halves[$0 + 1]) << 8))
      }
    }
  }
  struct Price: Decodable {
    let value: Double
    let gradient: [Float]
  }
  let vital: Vital
  let inner: Inner
  let restricted: Inner
  let regularizers: [String: Price]
  let optimizers: [String: [Float]]

  static func load() throws -> Golden {
    try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: root.appendingPathComponent("Tests/Fixtures/visualization.json")))
  }

  /// The repository.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The numbers that the golden script keeps of a long row.
  static func sample(_ values: [Float], _ count: Int) -> [Float] {
    (0..<count).map { values[Int(Double($0) * Double(values.count - 1) / Double(count - 1))] }
  }
}

/// The demo ResNet and its references.
enum Demo {
  static func model() throws -> Model {
    try Model.load(Golden.root.appendingPathComponent("content/models/demo-resnet").path)
  }

  static func references(_ name: String, count: Int, for model: Model) throws -> [[Float]] {
    let folder = Golden.root.appendingPathComponent("content/references/\(name)").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jpg") }
      .sorted()
    return try files.prefix(count).map { model.input.prepare(try Image.read(folder + "/" + $0)) }
  }
}
