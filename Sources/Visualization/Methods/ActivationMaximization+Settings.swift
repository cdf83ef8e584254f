public import Models

extension ActivationMaximization {
  /// What the method says of itself.
  public static let description = MethodDescription(
    name: "activation-maximization", title: "Activation maximization",
    summary: """
      Changes the pixels of a gray picture so that the target's activation, averaged over eight randomly augmented \
      copies of it, grows. The copies are cropped and resized, flipped, turned, seen in perspective, blurred and \
      sometimes made gray; what survives all of that is what the network holds on to. With `augmentations: one` the \
      copies are cropped only; with `none` the picture is shown as it is, and total variation alone keeps it smooth: \
      the plain form.

      The parameters of the augmentations, the optimizer and the start aren't published; the ones used here are \
      torchvision's defaults and our own choice.
      """,
    citation: .init(
      text:
        "Dumitru Erhan, Yoshua Bengio, Aaron Courville, Pascal Vincent. Visualizing Higher-Layer Features of a "
        + "Deep Network. University of Montreal, 2009. With the augmentations of Erkan's study (METU).",
      url: "https://www.researchgate.net/publication/265022827",
      bibtex: """
        @techreport{erhan2009visualizing,
          title       = {Visualizing Higher-Layer Features of a Deep Network},
          author      = {Erhan, Dumitru and Bengio, Yoshua and Courville, Aaron and Vincent, Pascal},
          institution = {University of Montreal},
          number      = {1341},
          year        = {2009}
        }
        """), needsReferences: false)

  /// What is done to the copies.
  enum Augmentations: String, CaseIterable {
    case six
    case one
    case none
  }

  /// The study's settings where it gives them; the others are ours.
  public static func schema(for model: Model) -> [Setting] { schema(for: model, augmentations: .six) }

  /// The settings for a kind of augmentation: without any, copies would all be the same, so there is one.
  static func schema(for model: Model, augmentations: Augmentations) -> [Setting] {
    let size = model.input.size
    return [
      Setting(
        "augmentations", .text(augmentations.rawValue), .choice(Augmentations.allCases.map(\.rawValue)),
        "All six augmentations, the crop alone (one), or the picture as it is (none)."),
      Setting("steps", .number(1000), .whole(1...1_000_000), "Steps of the ascent."),
      Setting(
        "picture_every", .number(100), .whole(0...1_000_000),
        "Steps between pictures of the way, if any are asked for; 0 spreads as many as asked for evenly."),
      Setting(
        "batch", .number(augmentations == .none ? 1 : 8), .whole(1...256), "Augmented copies in each step."),
      Setting("learning_rate", .number(0.02), .range(1e-6...100), "Adam's rate, for pixels in 0…1."),
      Setting(
        "initial_noise", .number(0.01), .range(0...1), "Standard deviation of the noise on the first gray."),
      Setting(
        "crop_scale", .number(0.08), .range(0.01...1), "Least share of the picture's area that a crop shows."),
      Setting("flip", .number(0.5), .range(0...1), "Probability of mirroring."),
      Setting("rotation", .number(30), .range(0...180), "Greatest turn in degrees, either way."),
      Setting("perspective", .number(0.5), .range(0...1), "Probability of a change of perspective."),
      Setting("distortion", .number(0.5), .range(0...1), "How far corners may move inwards, of half a side."),
      Setting(
        "blur_kernel", .number(Double(GaussianBlur.kernel(23, forSize: size))), .whole(1...255),
        "Pixels a side that blurring mixes, odd; 23 at 224 pixels, in proportion for other inputs."),
      Setting("grayscale", .number(0.1), .range(0...1), "Probability of losing the colours."),
      Setting(
        "tv_l2", .number(0.005), .range(0...1e6), "Weight of the total variation (four norms, not squared)."),
      Setting("l2", .number(0), .range(0...1e6), "Weight of the picture's norm, not squared."),
    ]
  }
}
