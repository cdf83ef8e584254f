public import Models

extension PlugInInversion {
  /// How the picture of one size comes into the next.
  enum Growth: String, CaseIterable {
    /// Enlarged to the whole.
    case zoom
    /// As it is, with noise around it.
    case centring
    /// Enlarged by half of the difference.
    case both
  }

  /// What the method says of itself.
  public static let description = MethodDescription(
    name: "plug-in-inversion", title: "Plug-In Inversion",
    summary: """
      Asks the network for the class and for nothing else; what makes the picture readable is how it is shown. The \
      picture starts small and grows, so that the object is made in the middle first; each step shows a batch of copies \
      whose colours are changed at random, and the whole is shifted cyclically. No weights of regularizers have to be \
      found, so the same settings serve all networks.
      """,
    citation: .init(
      text:
        "Amin Ghiasi, Hamid Kazemi, Steven Reich, Chen Zhu, Micah Goldblum, Tom Goldstein. Plug-In Inversion: "
        + "Model-Agnostic Inversion for Vision with Data Augmentations. ICML 2022.",
      url: "https://arxiv.org/abs/2201.12961",
      bibtex: """
        @inproceedings{ghiasi2022plugin,
          title     = {Plug-In Inversion: Model-Agnostic Inversion for Vision with Data Augmentations},
          author    = {Ghiasi, Amin and Kazemi, Hamid and Reich, Steven and Zhu, Chen and Goldblum, Micah and Goldstein, Tom},
          booktitle = {International Conference on Machine Learning (ICML)},
          year      = {2022}
        }
        """), needsReferences: false)

  /// The authors' settings, with the batch size of the network's family.
  public static func schema(for model: Model) -> [Setting] {
    [
      Setting(
        "sizes", .number(7), .whole(1...7),
        "Sizes of the picture, in steps of an eighth of the input's up to the whole."),
      Setting("steps", .number(400), .whole(1...1_000_000), "Steps at each size."),
      Setting(
        "batch", .number(batch(for: model)), .whole(1...1024),
        "Copies in each step: 21 for ResNet-50, 24 for DenseNet, 16 for ConvNeXt, 2 for ViT-L/16, 5 for ViT-L/32."
      ),
      Setting(
        "learning_rate", .number(0.01), .range(1e-6...100),
        "Adam's rate, for pixels in 0…1; at each size it falls to 0 by half a cosine."),
      Setting("beta1", .number(0.5), .range(0...0.9999), "Adam's decay of the mean gradient."),
      Setting("beta2", .number(0.99), .range(0...0.999999), "Adam's decay of the mean squared gradient."),
      Setting(
        "growth", .text(Growth.both.rawValue), .choice(Growth.allCases.map(\.rawValue)),
        "How a picture comes into the next size: enlarged (zoom), with noise around it (centring), or both by half."
      ),
      Setting(
        "jitter", .number(Double(Jitter.limit(32, forSize: model.input.size))),
        .whole(0...model.input.size / 4),
        "Greatest cyclic shift in pixels, each direction; 32 at 224 pixels, in proportion for other inputs."),
      Setting("brightness", .number(1), .range(0...10), "Greatest change of a colour's brightness."),
      Setting("contrast", .number(1), .range(0...10), "Greatest logarithm of a colour's contrast."),
    ]
  }

  /// The authors' batch sizes, as VITAL's supplement lists them; the finer transformers' for all patches below 32, and
  /// ResNet-50's where the family isn't listed.
  private static func batch(for model: Model) -> Double {
    switch model.architecture {
    case "convnext": 16
    case "densenet": 24
    case "vision-transformer": patchSize(of: model) >= 32 ? 5 : 2
    default: 21
    }
  }

  /// Pixels that one position of the first stage spans: a transformer's patch.
  private static func patchSize(of model: Model) -> Int {
    guard let stem = model.stages.first, let extent = model.graph[stem].shape.last, extent > 0 else {
      return 1
    }
    return model.input.size / extent
  }
}
