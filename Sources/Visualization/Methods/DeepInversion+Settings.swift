public import Models

extension DeepInversion {
  /// A published set of settings.
  enum Variant: String, CaseIterable {
    case authors
    case vitalBaseline = "vital-baseline"
  }

  /// What the method says of itself.
  public static let description = MethodDescription(
    name: "deep-inversion", title: "DeepInversion",
    summary: """
      Makes a whole batch of pictures at once, each of its own class, so that the network recognizes the classes and \
      all its batch normalizations find in the batch the means and variances that they remember of the training \
      pictures. Cross-entropy says what is to be seen, the statistics say what natural pictures are like, and total \
      variation and norm keep the pictures quiet.

      Most steps are made on pictures of half the size, the rest in full. Networks without batch normalization can't \
      be asked. With a batch of one picture the statistics of a single picture have to be those of all.
      """,
    citation: .init(
      text:
        "Hongxu Yin, Pavlo Molchanov, Zhizhong Li, Jose M. Alvarez, Arun Mallya, Derek Hoiem, Niraj K. Jha, Jan "
        + "Kautz. Dreaming to Distill: Data-free Knowledge Transfer via DeepInversion. CVPR 2020.",
      url: "https://arxiv.org/abs/1912.08795",
      bibtex: """
        @inproceedings{yin2020dreaming,
          title     = {Dreaming to Distill: Data-free Knowledge Transfer via {DeepInversion}},
          author    = {Yin, Hongxu and Molchanov, Pavlo and Li, Zhizhong and Alvarez, Jose M. and Mallya, Arun and Hoiem, Derek and Jha, Niraj K. and Kautz, Jan},
          booktitle = {Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)},
          year      = {2020}
        }
        """), needsReferences: false)

  /// The authors' settings for ImageNet.
  public static func schema(for model: Model) -> [Setting] { schema(for: model, variant: .authors) }

  /// The settings of a variant: `authors`, those of their command for ResNet-50, or `vital-baseline`, those that VITAL
  /// compares with (its supplement, A.1; its λ of 1 is taken for the weight of the statistics).
  static func schema(for model: Model, variant: Variant) -> [Setting] {
    let isAuthors = variant == .authors
    return [
      Setting(
        "variant", .text(variant.rawValue), .choice(Variant.allCases.map(\.rawValue)),
        "The published form whose settings are the defaults."),
      Setting(
        "batch", .number(64), .whole(1...4096),
        "Pictures made together, the first one of the target and the others of the classes after it; 1 is quick."
      ),
      Setting(
        "coarse_steps", .number(isAuthors ? 2000 : 0), .whole(0...1_000_000),
        "Steps on means of 2×2 pixels before those in full; 0 leaves them out."),
      Setting("steps", .number(isAuthors ? 1000 : 2000), .whole(1...1_000_000), "Steps at full size."),
      Setting(
        "learning_rate", .number(isAuthors ? 0.25 : 0.05), .range(1e-6...1000),
        "Adam's rate, in units of the normalized picture."),
      Setting(
        "warm_up", .number(100), .whole(0...1_000_000),
        "Steps until the full rate, at each size; then half a cosine to 0."),
      Setting("beta1", .number(0.5), .range(0...0.9999), "Adam's decay of the mean gradient."),
      Setting("beta2", .number(0.9), .range(0...0.999999), "Adam's decay of the mean squared gradient."),
      Setting("main", .number(1), .range(0...1e6), "Weight of the cross-entropy."),
      Setting(
        "r_feature", .number(isAuthors ? 0.01 : 1), .range(0...1e6),
        "Weight of the statistics in batch normalizations."),
      Setting(
        "first_multiplier", .number(10), .range(0...1e6),
        "How much more the first batch normalization counts than the others."),
      Setting(
        "tv_l2", .number(1e-4), .range(0...1e6), "Weight of the total variation (four norms, not squared)."),
      Setting("tv_l1", .number(0), .range(0...1e6), "Weight of the absolute total variation (means)."),
      Setting("l2", .number(1e-5), .range(0...1e6), "Weight of the pictures' mean norm, not squared."),
      Setting(
        "jitter", .number(Double(Jitter.limit(30, forSize: model.input.size))), .whole(0...model.input.size),
        "Greatest cyclic shift in pixels, half of it at half size; 30 at 224 pixels, in proportion for other inputs."
      ),
      Setting("flip", .flag(isAuthors), "Whether to mirror left and right at random."),
      Setting("clip", .flag(true), "Whether to clamp the pictures between black and white after each step."),
    ]
  }
}
