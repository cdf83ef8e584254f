public import Models
import NeuralNetwork

extension VITAL {
  /// What VITAL says of itself.
  public static let description = MethodDescription(
    name: "vital", title: "VITAL",
    summary: """
      Finds the picture whose inner activations are distributed like those of natural pictures of the target. In \
      each of five layers and for each channel, the activations at all positions are sorted and compared with the \
      mean sorted activations of the references; the loss is the mean squared difference. Permuting positions costs \
      nothing, so *what* is seen is fixed, and *where* is left free.

      For a neuron or direction within the network the references are the patches that excite it most, and each \
      activation counts by its *relevance*: how much of the neuron's own activation it carries, found anew in each step \
      by layer-wise relevance propagation. So what merely happens to be in the patches has no part in the picture.

      The picture starts as noise, is shifted cyclically by a random amount in each step, and is improved by Adam.
      """,
    citation: .init(
      text:
        "Ada Görgün, Bernt Schiele, Jonas Fischer. VITAL: More Understandable Feature Visualization through "
        + "Distribution Alignment and Relevant Information Flow. 2025.",
      url: "https://arxiv.org/abs/2503.22399",
      bibtex: """
        @article{gorgun2025vital,
          title   = {{VITAL}: More Understandable Feature Visualization through Distribution Alignment and Relevant Information Flow},
          author  = {G{\\"o}rg{\\"u}n, Ada and Schiele, Bernt and Fischer, Jonas},
          journal = {arXiv preprint arXiv:2503.22399},
          year    = {2025}
        }
        """), needsReferences: true)

  /// The authors' settings, by family of networks (their code and supplement A.1).
  public static func schema(for model: Model, layer: String?) -> [Setting] {
    [
      Setting("steps", .number(2000), .whole(1...1_000_000), "Steps of the ascent."),
      Setting(
        "learning_rate", .number(1), .range(1e-6...1000), "Adam's rate, in units of the normalized picture."),
      Setting(
        "warm_up", .number(100), .whole(0...1_000_000), "Steps until the full rate; then half a cosine to 0."),
      Setting("beta1", .number(0.5), .range(0...0.9999), "Adam's decay of the mean gradient."),
      Setting("beta2", .number(0.9), .range(0...0.999999), "Adam's decay of the mean squared gradient."),
    ] + alignmentSettings(for: model, layer: layer, noise: 1)
  }

  /// What is matched, and at which price: the same for VITAL and its faster form, but for the noise at the start.
  static func alignmentSettings(for model: Model, layer: String?, noise: Double) -> [Setting] {
    let usual = AlignmentDefaults(model, layer: layer)
    return [
      Setting(
        "noise", .number(noise), .range(0...10),
        "Deviation of the noise that it begins with, in units of the normalized picture."),
      Setting(
        "jitter", .number(Double(Jitter.limit(30, forSize: model.input.size))), .whole(0...model.input.size),
        "Greatest cyclic shift in pixels, each direction; 30 at 224 pixels, in proportion for other inputs."),
      Setting("flip", .flag(false), "Whether to mirror left and right at random."),
      Setting("clip", .flag(true), "Whether to clamp the picture between black and white after each step."),
      Setting(
        "references", .number(Double(DistributionAlignment.standardReferences)), .whole(1...100_000),
        "How many natural pictures are matched, at most; drawn at random by the seed if there are more."),
      Setting(
        "matching", .text(Matching.sort.rawValue), .choice(Matching.allCases.map(\.rawValue)),
        "The distance of distributions: between sorted activations (the paper's), between means and standard "
          + "deviations, or the Kullback–Leibler divergence of smoothed histograms."),
      Setting(
        "layers", .text(usual.layers.joined(separator: ",")),
        "The layers to match, separated by commas; by default the stem and four stages, for inner neurons those below "
          + "the neuron."),
      Setting(
        "layer_weights", .numbers(usual.layerWeights), .list(0...1e6),
        "The weight of each layer's loss; for inner neurons 0.1 for the stem and 1 for the others by default."
      ),
      Setting(
        "relevance", .text(usual.relevance.rawValue),
        .choice(RelevanceWeighting.Kind.allCases.map(\.rawValue)),
        "What activations are weighted by: nothing (usual for classes), or their relevance to the target, sent back "
          + "from its activation at all positions (usual for inner neurons), from a one at the position where it is "
          + "strongest beside the other channels, or by guided backpropagation."),
      Setting(
        "rules", .text(RelevanceWeighting.usualRules(for: model.architecture)),
        .choice(RelevanceWeighting.rulesNames),
        "The rules by which relevance is sent back: the authors' own for convolutional networks with ReLUs, AttnLRP's "
          + "for transformers."),
      Setting(
        "tv_l2", .number(usual.naturalness), .range(0...1e6),
        "Weight of the total variation (four norms, not squared); 0.000003 for inner neurons, and 0.00001 for a "
          + "ResNet's classes with relevance, by default."),
      Setting("tv_l1", .number(0), .range(0...1e6), "Weight of the absolute total variation (means)."),
      Setting(
        "l2", .number(usual.naturalness), .range(0...1e6),
        "Weight of the picture's norm, not squared; by default as much as of the total variation."),
    ]
  }
}

extension Model {
  /// The picture as a batch of one.
  var inputShape: BatchShape {
    let shape = graph[graph.input].shape
    return BatchShape(count: 1, channels: shape[0], height: shape[1], width: shape[2])
  }
}
