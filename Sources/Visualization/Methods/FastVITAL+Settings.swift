public import Models

extension FastVITAL {
  /// What fast VITAL says of itself.
  public static let description = MethodDescription(
    name: "vital-fast", title: "VITAL, fast",
    summary: """
      The same loss as VITAL's, within a hundredth of it after less than half as many steps: their greatest rate is a third of \
      VITAL's, it falls sooner to the small rates at which the loss settles, and pixels move only where their mean gradient \
      agrees with the present one.

      The steps are ours; the loss is that of the paper.
      """,
    citation: VITAL.description.citation, needsReferences: true)

  /// VITAL's settings, but for the steps: ours, found on the demo networks.
  public static func schema(for model: Model, layer: String?) -> [Setting] {
    [
      Setting("steps", .number(980), .whole(1...1_000_000), "Steps of the ascent."),
      Setting(
        "learning_rate", .number(0.3), .range(1e-6...1000),
        "Adam's rate, in units of the normalized picture."
      ),
      Setting(
        "warm_up", .number(5), .whole(0...1_000_000),
        "Steps until the full rate; then down to 0 as the square of the steps left."),
      Setting("beta1", .number(0.5), .range(0...0.9999), "Adam's decay of the mean gradient."),
      Setting("beta2", .number(0.9), .range(0...0.999999), "Adam's decay of the mean squared gradient."),
      Setting(
        "cautious", .flag(true),
        "Whether a pixel waits while its mean gradient points against the present one, and the others go farther."
      ),
    ] + VITAL.alignmentSettings(for: model, layer: layer, noise: 0.1)
  }
}
