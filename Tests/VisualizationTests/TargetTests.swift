import Foundation
import Models
import NeuralNetwork
import Testing

@testable import Visualization

/// What a target's activation is, and the slope of it, for every kind of target.
@Suite struct TargetTests {
  static let layer = "encoder.layers.encoder_layer_2"
  static let resNet = [
    "class:tiger", "probability:tiger", "layer3:5", "layer3:5@2,3", "layer3:0.5*1-7", "layer3:0.5*1-7@0,0",
    "-0.5*layer3:5", "class:zebra - 0.5*class:tiger", "layer3:5 + 2*layer2:7",
    "probability:tiger - 0.3*class:zebra + layer4:3@1,1", "layer3:5 + layer3:5-6",
  ]
  static let transformer = [
    "probability:tiger", "\(layer):7", "\(layer):7@t3", "\(layer):7@class", "\(layer):7@1,2",
    "\(layer):7-0.25*9", "\(layer).self_attention:head1", "\(layer).self_attention:head1@t5",
    "\(layer).self_attention:head1 - 0.5*\(layer):7@t2", "encoder.ln:3@class + class:zebra",
  ]
  static let addresses =
    resNet.map { (network: "demo-resnet", address: $0) }
    + transformer.map { (network: "demo-vit", address: $0) }

  static func model(_ name: String) throws -> Model {
    try Model.load(Golden.root.appendingPathComponent("content/models/\(name)").path)
  }

  private func run(_ model: Model, taps: [Graph.NodeID], batch: Int, seed: UInt64 = 1) throws -> Executor {
    let executor = try Executor(graph: model.graph, batch: batch, taps: taps, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: randomNumbers(executor.input.count, seed: seed))
    try executor.forward()
    return executor
  }

  /// The seeds at the taps against central differences of the loss, which is evaluated in double precision: 24 numbers
  /// on which it depends, and some on which it doesn't.
  @Test(arguments: addresses) func seedsAreTheSlope(network: String, address: String) throws {
    let model = try Self.model(network)
    let target = try Target(model.target(address), in: model).resolved(in: model)
    let executor = try run(model, taps: target.taps, batch: 2)
    let objective = ActivationObjective(target, in: model.graph, batch: 2)
    // What a step before has left is overwritten.
    _ = objective.evaluate(in: executor)
    let loss = objective.evaluate(in: executor)
    let probe = Probe(target, in: model.graph, batch: 2)
    #expect(abs(probe.read(executor).activation + loss) < 1e-9 * max(1, abs(loss)))
    for tap in target.taps {
      let seed = Array(executor.seed(of: tap))
      let value = UnsafeMutableBufferPointer(mutating: executor.value(of: tap))
      let counted = seed.indices.filter { seed[$0] != 0 }
      #expect(!counted.isEmpty, "\(address)")
      let some = counted.sample(24) + seed.indices.filter { seed[$0] == 0 }.sample(6)
      for index in some {
        let kept = value[index]
        // A power of two, so that the step is exact in single precision.
        let step: Float = 0x1p-6
        value[index] = kept + step
        let above = (objective.evaluate(in: executor), value[index])
        value[index] = kept - step
        let below = (objective.evaluate(in: executor), value[index])
        value[index] = kept
        let slope = (above.0 - below.0) / Double(above.1 - below.1)
        #expect(
          abs(slope - Double(seed[index])) < 1e-6 + 2e-3 * abs(slope),
          "\(address): slope \(slope) of number \(index), not \(seed[index])")
      }
      _ = objective.evaluate(in: executor)
      #expect(Array(executor.seed(of: tap)) == seed)
    }
  }

  /// Through the network: the gradient at the picture against central differences along random directions.
  @Test(arguments: addresses) func gradientReachesThePicture(network: String, address: String) throws {
    let model = try Self.model(network)
    let target = try Target(model.target(address), in: model).resolved(in: model)
    let executor = try run(model, taps: target.taps, batch: 1)
    let objective = ActivationObjective(target, in: model.graph, batch: 1)
    _ = objective.evaluate(in: executor)
    try executor.backward(from: executor.taps)
    let gradient = Array(executor.inputGradient)
    let start = randomNumbers(gradient.count)
    // Along the gradient itself, where the change is largest beside the arithmetic's noise and a ReLU's kinks.
    let length = norm(gradient)
    #expect(length > 0)
    let step = 2e-2
    func loss(_ sign: Double) throws -> Double {
      let moved = zip(start, gradient).map { $0 + Float(sign * step * Double($1) / length) }
      _ = executor.input.update(fromContentsOf: moved)
      try executor.forward()
      return objective.evaluate(in: executor)
    }
    let slope = (try loss(1) - loss(-1)) / (2 * step)
    #expect(abs(slope - length) < 2e-2 * length, "\(address): slope \(slope), not \(length)")
  }

  @Test func activationsAreWhatTheWordsSay() throws {
    let model = try Self.model("demo-vit")
    func activation(_ address: String, _ read: (UnsafeBufferPointer<Float>, _ width: Int) -> Double) throws {
      let target = try Target(model.target(address), in: model)
      let reader = try TargetReader(target, in: model)
      let executor = try run(model, taps: reader.taps, batch: 1)
      let value = executor.value(of: reader.taps[0])
      let wanted = read(value, model.graph[reader.taps[0]].layout.channels)
      let found = reader.activation { executor.value(of: $0) }
      #expect(abs(found - wanted) < 1e-5 * max(1, abs(wanted)), "\(address): \(found), not \(wanted)")
    }
    try activation("\(Self.layer):7@t3") { value, width in Double(value[3 * width + 7]) }
    try activation("\(Self.layer):7") { value, width in
      let tokens = value.count / width
      return (0..<tokens).reduce(0) { $0 + Double(value[$1 * width + 7]) } / Double(tokens)
    }
    // Four heads of 32 numbers: the mean over tokens of the norm of the second.
    try activation("\(Self.layer).self_attention:head1") { value, width in
      let tokens = value.count / width
      let norms = (0..<tokens).map { token in
        (32..<64).reduce(0.0) { $0 + pow(Double(value[token * width + $1]), 2) }.squareRoot()
      }
      return norms.reduce(0, +) / Double(tokens)
    }
    try activation("probability:3") { value, _ in
      let powers = value.map { exp(Double($0)) }
      return log(powers[3] / powers.reduce(0, +))
    }
    try activation("class:1 - 0.5*class:2") { value, _ in Double(value[1]) - 0.5 * Double(value[2]) }
  }

  @Test func aSilentHeadHasNoSlope() throws {
    let model = try Self.model("demo-vit")
    let target = try Target(model.target("\(Self.layer).self_attention:head1@t5"), in: model).resolved(
      in: model)
    let executor = try run(model, taps: target.taps, batch: 1)
    UnsafeMutableBufferPointer(mutating: executor.value(of: target.taps[0])).update(repeating: 0)
    let objective = ActivationObjective(target, in: model.graph, batch: 1)
    #expect(objective.evaluate(in: executor) == 0)
    #expect(executor.seed(of: target.taps[0]).allSatisfy { $0 == 0 })
  }

  /// Methods that begin with smaller pictures look at the place that a position has there.
  @Test func positionsFollowTheSize() throws {
    let model = try Self.model("demo-resnet")
    let target = try Target(model.target("layer3:5@4,11"), in: model).resolved(in: model)
    let shape = model.graph[target.taps[0]].shape
    #expect(shape == [64, 12, 12])
    let small = try model.graph.resized(height: 48, width: 48)
    #expect(small[target.taps[0]].shape == [64, 6, 6])
    let executor = try Executor(graph: small, batch: 1, taps: target.taps, options: .init(threads: 1))
    _ = executor.input.update(fromContentsOf: randomNumbers(executor.input.count))
    try executor.forward()
    let loss = ActivationObjective(target, in: small, batch: 1).evaluate(in: executor)
    #expect(loss == -Double(executor.value(of: target.taps[0])[5 * 36 + 2 * 6 + 5]))
  }

  @Test func targetsOutOfRangeAreRefused() throws {
    let model = try Self.model("demo-resnet")
    func message(_ target: Target) -> String {
      do {
        _ = try target.resolved(in: model)
        return "none"
      } catch { return error.description }
    }
    #expect(message(Target([])).contains("no terms"))
    #expect(message(Target([.init(.nan, .classLogit(1))])).contains("weight nan"))
    #expect(message(Target([.init(0, .classLogit(1))])).contains("weight 0"))
    #expect(message(.classProbability(24)).contains("no class 24"))
    #expect(
      message(Target(.layer("layer3", .channel(1), position: 144))).contains("no position 144: it has 144"))
    #expect(message(Target(.layer("layer3", .channel(1), position: -1))).contains("no position -1"))
    #expect(message(Target(.layer("layer3", .head(60..<65), position: nil))).contains("no channel 64"))
    #expect(message(Target(.layer("layer3", .head(3..<3), position: nil))).contains("no channel 3"))
    #expect(
      message(Target([.init(1, .classLogit(1)), .init(1, .layer("layr3", .channel(0), position: nil))]))
        .contains("layer3"))
  }

  /// A few steps of every method that ascends an activation, for every kind of target.
  @Test(
    arguments: [
      FourierVisualization.self, MACO.self, DeepInversion.self, PlugInInversion.self,
      ActivationMaximization.self,
    ] as [any Method.Type])
  func everyMethodTakesEveryTarget(type: any Method.Type) throws {
    let few = Settings([
      "steps": .number(2), "crops": .number(1), "batch": .number(1), "coarse_steps": .number(1),
      "sizes": .number(2),
    ])
    for network in ["demo-resnet", "demo-vit"] where !(type is DeepInversion.Type && network == "demo-vit") {
      let model = try Self.model(network)
      let known = Set(type.schema(for: model).map(\.name))
      let method = try type.init(
        model: model, overrides: Settings(few.values.filter { known.contains($0.key) }))
      let addresses =
        network == "demo-resnet"
        ? [1, 3, 5, 7, 9].map { Self.resNet[$0] } : [2, 6, 8].map { Self.transformer[$0] }
      for address in addresses {
        let target = try Target(model.target(address), in: model)
        let request = VisualizationRequest(
          model: model, target: target, magnitudes: .inverseFrequency(size: 16), seed: 1, threads: 1)
        let made = try method.visualize(request) { _ in }
        // A single position may be dark behind its ReLU.
        #expect(made.steps > 1 && made.trace.allSatisfy { $0.activation.isFinite }, "\(address)")
        #expect((made.trace.last?.probability != nil) == (target.classIndex != nil))
      }
    }
  }
}

extension Array {
  /// At most so many of the elements, evenly spaced.
  fileprivate func sample(_ limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * count / limit] }
  }
}
