/// How often a method's choices are right, and how sure participants were.
public struct ChoiceSummary: Codable, Equatable, Sendable {
  /// How many choices there are.
  public let trials: Int
  /// How many of them are right.
  public let right: Int
  /// The share that is right.
  public let accuracy: Double?
  /// Its interval by Wilson, which takes trials for independent.
  public let interval: Finding<Interval>
  /// P(as far from chance) of the exact binomial test, which does so too.
  public let againstChance: Finding<Double>
  /// The signed-rank test of participants' accuracies against chance, which doesn't.
  public let participantsAgainstChance: Finding<WilcoxonTest>
  /// The mean confidence, from 1 to 3.
  public let confidence: Double?
  /// The mean confidence of right choices.
  public let confidenceWhenRight: Double?
  /// The mean confidence of wrong choices.
  public let confidenceWhenWrong: Double?
  /// Accuracy by confidence, from 1: a calibrated participant is right more often when sure.
  public let byConfidence: [Share]

  /// Right ones of trials.
  public struct Share: Codable, Equatable, Sendable {
    /// The confidence.
    public let confidence: Int
    /// How many choices were made with it.
    public let trials: Int
    /// How many of them are right.
    public let right: Int
  }

  /// The accuracy of guessing.
  public static let chance = 0.5

  /// Summarizes the choices of a method.
  init(_ observations: [Observation], level: Double) {
    var choices: [(isRight: Bool, confidence: Int?)] = []
    var byParticipant: [String: (right: Int, trials: Int)] = [:]
    for observation in observations {
      guard case .choice(let isRight, let confidence) = observation.answer else { continue }
      choices.append((isRight, confidence))
      byParticipant[observation.participant, default: (0, 0)].trials += 1
      if isRight { byParticipant[observation.participant, default: (0, 0)].right += 1 }
    }
    let (trials, right) = (choices.count, choices.count { $0.isRight })
    self.trials = trials
    self.right = right
    accuracy = trials > 0 ? Double(right) / Double(trials) : nil
    interval = Finding { () throws(Undefined) in try WilsonInterval.of(right, of: trials, level: level) }
    againstChance = Finding { () throws(Undefined) in
      try BinomialTest.p(right, of: trials, chance: Self.chance)
    }
    let differences = byParticipant.sorted { $0.key < $1.key }
      .map { PairComparison.rounded(Double($0.value.right) / Double($0.value.trials) - Self.chance) }
    participantsAgainstChance = Finding { () throws(Undefined) in try WilcoxonTest(differences) }
    func mean(_ kept: (Bool) -> Bool) -> Double? {
      Sample.mean(choices.filter { kept($0.isRight) }.compactMap(\.confidence).map(Double.init))
    }
    confidence = mean { _ in true }
    confidenceWhenRight = mean { $0 }
    confidenceWhenWrong = mean { !$0 }
    byConfidence = Set(choices.compactMap(\.confidence)).sorted().map { value in
      let own = choices.filter { $0.confidence == value }
      return Share(confidence: value, trials: own.count, right: own.count { $0.isRight })
    }
  }
}
