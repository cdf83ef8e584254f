import NeuralNetwork

/// Carlini and Wagner's f₆ on one picture: weight·max(m, −κ), where m is by how much the attack's goal is missed.
///
/// Towards a class t, m = max over i ≠ t of Zᵢ − Z_t; away from it, m = Z_t − max over i ≠ t of Zᵢ. Z are the logits, and
/// there are at least two.
final class MarginObjective: Objective {
  let taps: [Graph.NodeID]
  /// m of the last forward run: −κ or less is a success.
  private(set) var margin = 0.0
  private let logits: Graph.NodeID
  private let goal: AttackGoal
  private let aim: Int
  private let kappa: Double
  private let weight: Double

  /// `aim` is the class to go towards or, if the goal is untargeted, away from.
  init(_ goal: AttackGoal, aim: Int, kappa: Double, weight: Double, logits: Graph.NodeID) {
    taps = [logits]
    self.logits = logits
    self.goal = goal
    self.aim = aim
    self.kappa = kappa
    self.weight = weight
  }

  func evaluate(in executor: Executor) -> Double {
    let value = executor.value(of: logits)
    let seed = executor.seed(of: logits)
    let rival = Self.rival(of: aim, in: value)
    margin = Self.margin(goal, aim: aim, in: value)
    seed.update(repeating: 0)
    // Past the wanted confidence nothing more is to be gained.
    if margin > -kappa {
      let sign: Float = goal == .targeted ? 1 : -1
      seed[rival] = sign * Float(weight)
      seed[aim] = -sign * Float(weight)
    }
    return weight * max(margin, -kappa)
  }

  /// By how much the goal is missed with these logits.
  static func margin(_ goal: AttackGoal, aim: Int, in logits: UnsafeBufferPointer<Float>) -> Double {
    let lead = Double(logits[rival(of: aim, in: logits)]) - Double(logits[aim])
    return goal == .targeted ? lead : -lead
  }

  /// The most likely other class.
  private static func rival(of aim: Int, in logits: UnsafeBufferPointer<Float>) -> Int {
    var best = aim == 0 ? 1 : 0
    for index in logits.indices where index != aim && logits[index] > logits[best] { best = index }
    return best
  }
}
