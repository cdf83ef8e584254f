import Models
import Tensor
import Testing

@testable import Visualization

/// Losses, gradients and steps of the attacks beside PyTorch's, on the demo ResNet and ViT, on the same zebra.
@Suite struct AttackGoldenTests {
  private static let aim = 5

  private struct Place {
    let golden: AttackGolden.Case
    let model: Model
    let clean: [Float]
    let zebra: Int
    let target: ResolvedTarget
  }

  private func place(_ name: String) throws -> Place {
    let golden = try AttackGolden.load()
    let model = try golden.model(name)
    let clean = try Demo.references("zebra", count: 1, for: model)[0].map(EightBit.rounded)
    return Place(
      golden: try #require(golden.cases[name]), model: model, clean: clean,
      zebra: try model.classIndex("zebra"), target: try Target.classLogit(Self.aim).resolved(in: model))
  }

  /// Runs all steps; compares the first gradient, the losses and the result. Returns both samples of the latter.
  private func follow(
    _ name: String, _ parts: Ascent.Parts, _ place: Place, losses tolerance: Double, result: Double,
    gradient bound: Double = 3e-3
  ) throws {
    let golden = place.golden
    let ascent = try Ascent(
      parts, model: place.model.graph, target: place.target, options: .init(threads: 1))
    var random = RandomSource(seed: 0)
    var losses: [Double] = []
    try ascent.run(random: &random) { step in
      if step.number == 1 {
        let gradient = parts.parameterization.gradient.array
        let distance = relativeDistance(AttackGolden.sample(gradient), golden.gradient)
        #expect(distance < bound, "\(name): gradient off by \(distance)")
        #expect(abs(norm(gradient) / golden.gradientNorm - 1) < 1e-3, "\(name): norm of the gradient")
      }
      losses.append(step.loss)
      return true
    }
    #expect(losses.count == golden.losses.count)
    let scale = golden.losses.map(abs).max() ?? 1
    for (step, (loss, wanted)) in zip(losses, golden.losses).enumerated() {
      #expect(
        abs(loss - wanted) < tolerance * scale, "\(name): loss of step \(step + 1) is \(loss), not \(wanted)")
    }
    let values = parts.parameterization.parameters.array
    let distance = relativeDistance(AttackGolden.sample(values), golden.result)
    #expect(distance < result, "\(name): result off by \(distance)")
    #expect(abs(norm(values) / golden.resultNorm - 1) < result, "\(name): norm of the result")
  }

  /// FGSM's result is that of PyTorch to the level, wherever the gradient is more than the last digits of the
  /// arithmetic.
  @Test(arguments: ["resnet fgsm", "vit fgsm", "resnet fgsm untargeted", "vit fgsm untargeted"])
  func fastGradientSign(name: String) throws {
    let place = try place(name)
    let isUntargeted = name.hasSuffix("untargeted")
    let method = try FastGradientSign(
      model: place.model, overrides: Settings(isUntargeted ? ["goal": .text("untargeted")] : [:]))
    let change = Perturbation(shape: place.model.inputShape, of: place.clean, bound: method.attack.bound)
    try follow(
      name,
      method.attack.parts(change, aim: isUntargeted ? place.zebra : Self.aim, target: place.target), place,
      losses: 1e-5, result: 1e-2)
    let example = try method.run(
      AdversarialRequest(picture: place.clean, source: place.zebra, target: Self.aim, threads: 1))
    let noise = 1e-4 * Float(place.golden.gradientNorm / Double(place.clean.count).squareRoot())
    let made = AttackGolden.sample(example.change)
    var compared = 0
    for index in made.indices where abs(place.golden.gradient[index]) > noise {
      #expect(abs(made[index] - place.golden.result[index]) < 1e-6, "\(name): number \(index)")
      compared += 1
    }
    #expect(compared > 145)
  }

  /// Forty steps by the sign: where a gradient is nothing but the arithmetic's last digits, so is its sign, and one pixel
  /// in a hundred goes another way.
  @Test(arguments: ["resnet pgd-linf", "vit pgd-linf", "resnet pgd-linf untargeted"])
  func projectedDescentOfLevels(name: String) throws {
    let place = try place(name)
    let isUntargeted = name.hasSuffix("untargeted")
    let method = try LargestChangeDescent(
      model: place.model, overrides: Settings(isUntargeted ? ["goal": .text("untargeted")] : [:]))
    let attack = method.descent.attack
    let change = Perturbation(shape: place.model.inputShape, of: place.clean, bound: attack.bound)
    change.parameters.fill(
      HashedWeights.numbers("golden.attack", count: place.clean.count).map { $0 * 8 / 255 })
    change.constrain()
    // A pixel that goes the other way is off by twice its change: √(4/100) if one in a hundred does.
    try follow(
      name, attack.parts(change, aim: isUntargeted ? place.zebra : Self.aim, target: place.target), place,
      losses: 3e-3, result: 0.2)
  }

  @Test(arguments: ["resnet pgd-l2", "vit pgd-l2"]) func projectedDescentOfLength(name: String) throws {
    let place = try place(name)
    let method = try EuclideanDescent(model: place.model, overrides: Settings(["bound_l2": .number(1.25)]))
    let attack = method.descent.attack
    let change = Perturbation(shape: place.model.inputShape, of: place.clean, bound: attack.bound)
    change.parameters.fill(
      HashedWeights.numbers("golden.attack", count: place.clean.count).map { 0.01 * $0 })
    change.constrain()
    try follow(
      name, attack.parts(change, aim: Self.aim, target: place.target), place, losses: 1e-3, result: 5e-3)
  }

  /// From the clean picture, where the target is far behind; and from elsewhere, with a κ that is nearly reached.
  @Test(arguments: ["resnet cw-l2", "vit cw-l2", "resnet cw-l2 elsewhere", "vit cw-l2 untargeted"])
  func carliniAndWagner(name: String) throws {
    let place = try place(name)
    let isUntargeted = name.hasSuffix("untargeted")
    let method = try CarliniWagner(
      model: place.model,
      overrides: Settings([
        "steps": .number(10), "kappa": .number(0.5),
        "goal": .text(isUntargeted ? "untargeted" : "targeted"),
      ]))
    let picture = TanhPicture(shape: place.model.inputShape, start: place.clean)
    if name.hasSuffix("elsewhere") {
      let shift = HashedWeights.numbers("golden.attack", count: place.clean.count)
      picture.parameters.fill(zip(picture.parameters.array, shift).map { min(max($0, -3), 3) + 0.1 * $1 })
    }
    let margin = method.margin(aim: isUntargeted ? place.zebra : Self.aim, constant: 4)
    try follow(
      name, method.parts(picture, margin, clean: place.clean), place, losses: 1e-3, result: 1e-3,
      // This picture has a value so near a ReLU's kink that it falls to either side.
      gradient: name == "resnet cw-l2" ? 1e-2 : 3e-3)
  }

  @Test(arguments: ["resnet activation-maximization", "vit activation-maximization"])
  func activationMaximization(name: String) throws {
    let place = try place(name)
    let isLogit = name.hasPrefix("vit")
    let settings = try ActivationAttack(
      model: place.model,
      overrides: Settings([
        "steps": .number(10), "tv_l2": .number(0.05), "l2": .number(0.02),
        "norm": .text(isLogit ? "l2" : "linf"), "bound_l2": .number(1.25),
        "objective": .text(isLogit ? "logit" : "cross-entropy"),
      ])
    ).settings
    let attack = ChangeAttack(activation: settings, of: "activation-maximization", on: place.model)
    let change = Perturbation(shape: place.model.inputShape, of: place.clean, bound: attack.bound)
    change.parameters.fill(
      HashedWeights.numbers("golden.attack", count: place.clean.count).map { 0.01 * $0 })
    change.constrain()
    try follow(
      name, attack.parts(change, aim: Self.aim, target: place.target), place, losses: 1e-3, result: 2e-2)
  }
}
