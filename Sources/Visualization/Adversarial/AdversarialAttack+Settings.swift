extension AdversarialAttack {
  /// What the attack says of itself.
  public static let description = MethodDescription(
    name: "adversarial", title: "Adversarial activation maximization",
    summary: """
      Starts from a natural picture and changes it until the network takes it for another class: activation \
      maximization of that class, with total variation on the change and a bound on how far any pixel may move. \
      Success is judged on the picture as it is saved, in 8 bits.
      """,
    citation: .init(
      text: "Zhu, Cangelosi. Representation Understanding via Activation Maximization. 2025.",
      url: "https://arxiv.org/abs/2508.07281",
      bibtex: """
        @article{zhu2025representation,
          title   = {Representation Understanding via Activation Maximization},
          author  = {Zhu and Cangelosi},
          journal = {arXiv preprint arXiv:2508.07281},
          year    = {2025}
        }
        """), needsReferences: false)

  /// The settings; the paper doesn't give them, so all defaults are ours.
  public static let schema: [Setting] = [
    Setting(
      "objective", .text("cross-entropy"), .choice(["cross-entropy", "logit"]),
      "What is optimized: the cross-entropy of the target, or its logit alone."),
    Setting("steps", .number(300), .whole(1...100_000), "Most steps."),
    Setting("learning_rate", .number(0.005), .range(1e-6...1), "Adam's rate, for pixels in 0…1."),
    Setting("bound", .number(8), .whole(1...255), "Greatest change of a pixel, in 8-bit levels."),
    Setting(
      "tv_l2", .number(0.01), .range(0...1e6),
      "Weight of the change's total variation (four norms, not squared)."),
    Setting("l2", .number(0.01), .range(0...1e6), "Weight of the change's squared norm."),
    Setting(
      "confidence", .number(0.8), .range(0.01...1),
      "Probability of the target at which the attack stops; label smoothing of 0.1 keeps it near 0.9 at most."
    ),
  ]
}
