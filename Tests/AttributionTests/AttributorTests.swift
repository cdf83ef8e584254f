import Foundation
import Models
import NeuralNetwork
import Relevance
import Testing
import Visualization

@testable import Attribution

@Suite struct AttributorTests {
  static let content = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../content").standardized.path

  private func tiger(_ name: String) throws -> (model: Model, picture: [Float], target: Target) {
    let model = try Model.load(Self.content + "/models/" + name)
    let picture = try model.input.prepare(file: Self.content + "/references/tiger/000.jpg")
    return (model, picture, Target(try model.target("class:tiger"), in: model))
  }

  @Test(
    "Integrated gradients add up to the score's rise above a black picture's",
    arguments: ["demo-resnet", "demo-vit"])
  func completeness(_ name: String) throws {
    let (model, picture, target) = try tiger(name)
    let method = AttributionMethod.integratedGradients(steps: 200)
    let map = try Attributor(target, in: model, by: method).attribute(picture)
    let black = picture.map { _ in Float(0) }
    let base = try Attributor(target, in: model, by: .gradientTimesInput).attribute(black).activation
    #expect(abs(map.sum - (map.activation - base)) < 0.02 * abs(map.activation - base))
  }

  @Test("SmoothGrad without noise is the gradient, and guided backpropagation isn't")
  func gradients() throws {
    let (model, picture, target) = try tiger("demo-resnet")
    let smooth = try Attributor(target, in: model, by: .smoothGrad(samples: 2, deviation: 0)).attribute(
      picture)
    let times = try Attributor(target, in: model, by: .gradientTimesInput).attribute(picture)
    var normalized = picture
    model.input.normalize(&normalized)
    #expect(
      zip(zip(smooth.relevance, normalized), times.relevance).allSatisfy { abs($0.0 * $0.1 - $1) < 1e-5 })
    let plain = try Attributor(target, in: model, by: .relevance(.gradient)).attribute(picture)
    let largest = smooth.relevance.map(abs).max() ?? 0
    #expect(zip(plain.relevance, smooth.relevance).allSatisfy { abs($0 - $1) < 1e-3 * largest })
    let guided = try Attributor(target, in: model, by: .relevance(.guided)).attribute(picture)
    #expect(zip(guided.relevance, smooth.relevance).contains { abs($0 - $1) > 0.1 * largest })
  }

  @Test("The rules of VITAL's authors lose nothing on the way, and find the object")
  func vital() throws {
    let (model, picture, target) = try tiger("demo-resnet")
    let map = try Attributor(target, in: model, by: .relevance(.vital)).attribute(picture)
    #expect(abs(map.sum - map.start) < 0.01 * abs(map.start))
    #expect(map.start == map.activation)
  }

  @Test("A channel's map starts from its activation, a direction's from its weights at one position")
  func units() throws {
    let (model, picture, _) = try tiger("demo-resnet")
    let channel = Target(try model.target("layer3:5"), in: model)
    let map = try Attributor(channel, in: model, by: .relevance(.vital)).attribute(picture)
    #expect(abs(map.start - map.activation) < 1e-4 * max(1, abs(map.activation)))
    let weights = (0..<64).map { Float($0 % 3) }
    let direction = Target.direction(layer: "layer3", weights: weights)
    let of = try Attributor(direction, in: model, by: .relevance(.vital)).attribute(picture)
    #expect(abs(of.start - Double(weights.reduce(0, +))) < 1e-3)
  }

  @Test("The rules of VITAL's authors know no attention, and are refused where there is some")
  func unsuitedRules() throws {
    let (model, _, target) = try tiger("demo-vit")
    let error = #expect(throws: NetworkError.self) {
      try Attributor(target, in: model, by: .relevance(.vital))
    }
    #expect(error?.description.contains("know no attention; use \"attention\"") == true)
  }

  @Test("A picture whose relevance is no number any more is an error, not a white map")
  func notFinite() throws {
    let (model, picture, target) = try tiger("demo-resnet")
    var broken = picture
    broken[7] = .nan
    let attributor = try Attributor(target, in: model, by: .gradientTimesInput)
    #expect(throws: AttributionError.notFinite(model: "demo-resnet")) { try attributor.attribute(broken) }
  }

  @Test func aSumOverLayersIsRefused() throws {
    let (model, _, _) = try tiger("demo-resnet")
    let target = Target(try model.target("layer3:5 - layer2:1"), in: model)
    #expect(throws: AttributionError.severalLayers) {
      try Attributor(target, in: model, by: .relevance(.epsilon))
    }
  }

  @Test("Full red speaks for it, full blue against it, and white says nothing")
  func colours() {
    var relevance = [Float](repeating: 0, count: 3 * 400)
    (relevance[0], relevance[1], relevance[2]) = (2, -2, 2)
    let map = HeatMap.image(
      AttributionMap(relevance: relevance, activation: 1, start: 1), width: 20, height: 20)
    #expect(map[0, 0, 0] > map[2, 0, 0] && map[2, 0, 1] > map[0, 0, 1])
    #expect(map[0, 19, 19] == 1 && map[1, 19, 19] == 1 && map[2, 19, 19] == 1)
  }
}
