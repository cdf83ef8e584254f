public import Models

extension FourierVisualization {
  /// A published form of the method.
  enum Variant: String, CaseIterable {
    case vitalBaseline = "vital-baseline"
    case horama
    case lucid
  }

  /// What the method says of itself.
  public static let description = MethodDescription(
    name: "fourier", title: "Fourier",
    summary: """
      Feature visualization in a Fourier basis. The parameters are the amplitudes of waves, scaled so that all \
      frequencies start with equal energy, in colours that are uncorrelated in natural pictures. In each step \
      several random parts of the picture, with some noise, are shown to the network, and the waves are changed \
      so that the target's mean activation over those parts grows. As every part is to excite the target, the \
      object tends to be repeated.
      """,
    citation: .init(
      text: "Chris Olah, Alexander Mordvintsev, Ludwig Schubert. Feature Visualization. Distill, 2017.",
      url: "https://distill.pub/2017/feature-visualization",
      bibtex: """
        @article{olah2017feature,
          title   = {Feature Visualization},
          author  = {Olah, Chris and Mordvintsev, Alexander and Schubert, Ludwig},
          journal = {Distill},
          year    = {2017},
          doi     = {10.23915/distill.00007}
        }
        """), needsReferences: false)

  /// The settings of the variant that VITAL compares itself with.
  public static func schema(for model: Model) -> [Setting] { schema(for: model, variant: .vitalBaseline) }

  /// The settings of a variant: `vital-baseline`, `horama` or `lucid` change the defaults of the others.
  static func schema(for model: Model, variant: Variant) -> [Setting] {
    let isLucid = variant == .lucid
    let size = model.input.size
    var settings = [
      Setting(
        "variant", .text(variant.rawValue), .choice(Variant.allCases.map(\.rawValue)),
        "The published form whose settings are the defaults."),
      Setting("steps", .number(isLucid ? 512 : 1000), .whole(1...1_000_000), "Steps of the ascent."),
      Setting("learning_rate", .number(isLucid ? 0.05 : 1), .range(1e-6...1000), "The optimizer's rate."),
      Setting(
        "optimizer", .text(variant == .horama ? "nadam" : "adam"), .choice(["adam", "nadam"]),
        "The optimizer, with PyTorch's defaults."),
      Setting(
        "size", .number(Double(size)), .whole(16...4096),
        "Side of the picture in pixels; the network's input size by default."),
      Setting(
        "decay", .number(isLucid ? 1 : 1.5), .range(0...4), "Waves of frequency f are scaled by 1/f^decay."),
    ]
    if isLucid {
      func pixels(_ published: Double) -> SettingValue {
        .number(Double(Jitter.limit(published, forSize: size)))
      }
      settings += [
        Setting("padding", pixels(12), .whole(0...size), "Gray border in pixels; 12 at 224."),
        Setting("jitter", pixels(8), .whole(0...size / 2), "First shift in pixels; 8 at 224."),
        Setting("second_jitter", pixels(4), .whole(0...size / 2), "Last shift in pixels; 4 at 224."),
      ]
      return settings
    }
    return settings + Setting.randomParts(isVITALBaseline: variant == .vitalBaseline)
  }
}
