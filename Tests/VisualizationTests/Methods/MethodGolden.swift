import Foundation
import Models
import NeuralNetwork
import Tensor

@testable import Visualization

/// What PyTorch made of the published losses and steps: see tools/golden_methods.py.
struct MethodGolden: Decodable {
  /// The first step's loss and gradient, ten losses, and the parameters after them.
  struct Case: Decodable {
    let gradient: [Float]
    let gradientNorm: Double
    let imageGradient: [Float]
    let imageGradientNorm: Double
    let losses: [Double]
    let parameters: [Float]
    let parametersNorm: Double
  }
  struct Spectrum: Decodable {
    let values: [Float]
    let norm: Double
  }
  let weights: [String: String]
  let cases: [String: Case]
  let spectrum: Spectrum
  let growth: [Float]

  static let seed: UInt64 = 7

  static func load() throws -> MethodGolden {
    try JSONDecoder().decode(
      MethodGolden.self,
      from: Data(contentsOf: Golden.root.appendingPathComponent("Tests/Fixtures/methods.json")))
  }

  /// A demo network, the same that the golden values were made with.
  func model(_ name: String) throws -> Model {
    let model = try Model.load(Golden.root.appendingPathComponent("content/models/\(name)").path)
    guard model.weightsHash == weights[name] else { throw Outdated(name: name) }
    return model
  }

  struct Outdated: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) was trained anew: run tools/golden_methods.py again" }
  }
}
