public import Models

extension MACO {
  /// A published form of the method.
  enum Variant: String, CaseIterable {
    case vitalBaseline = "vital-baseline"
    case horama
  }

  /// What the method says of itself.
  public static let description = MethodDescription(
    name: "maco", title: "MACO",
    summary: """
      Feature visualization with the magnitudes of natural pictures. How strong each spatial frequency is stays as it \
      is on average in natural pictures; only the phases change, which say where things are. In each step several \
      random parts of the picture, with some noise, are shown to the network, and the phases are changed so that the \
      target's mean activation over those parts grows. As every part is to excite the target, the object tends to be \
      repeated.

      The magnitudes are measured on the references, all classes together, unless `spectrum` names a file.
      """,
    citation: .init(
      text:
        "Thomas Fel, Thibaut Boissin, Victor Boutin, Agustin Picard, Paul Novello, Julien Colin, Drew Linsley, Tom "
        + "Rousseau, Rémi Cadène, Lore Goetschalckx, Laurent Gardes, Thomas Serre. Unlocking Feature Visualization for Deeper Networks "
        + "with MAgnitude Constrained Optimization. NeurIPS 2023.",
      url: "https://arxiv.org/abs/2306.06805",
      bibtex: """
        @inproceedings{fel2023unlocking,
          title     = {Unlocking Feature Visualization for Deeper Networks with {MAgnitude} Constrained Optimization},
          author    = {Fel, Thomas and Boissin, Thibaut and Boutin, Victor and Picard, Agustin and Novello, Paul and Colin, Julien and Linsley, Drew and Rousseau, Tom and Cad{\\`e}ne, R{\\'e}mi and Goetschalckx, Lore and Gardes, Laurent and Serre, Thomas},
          booktitle = {Advances in Neural Information Processing Systems (NeurIPS)},
          year      = {2023}
        }
        """), needsReferences: true)

  /// The settings of the variant that VITAL compares itself with.
  public static func schema(for model: Model) -> [Setting] { schema(for: model, variant: .vitalBaseline) }

  /// The settings of a variant: `vital-baseline` or `horama` change the defaults of the others.
  static func schema(for model: Model, variant: Variant) -> [Setting] {
    [
      Setting(
        "variant", .text(variant.rawValue), .choice(Variant.allCases.map(\.rawValue)),
        "The published form whose settings are the defaults."),
      Setting("steps", .number(1000), .whole(1...1_000_000), "Steps of the ascent."),
      Setting("learning_rate", .number(1), .range(1e-6...1000), "The optimizer's rate."),
      Setting(
        "optimizer", .text(variant == .horama ? "nadam" : "adam"), .choice(["adam", "nadam"]),
        "The optimizer, with PyTorch's defaults."),
      Setting(
        "size", .number(Double(model.input.size)), .whole(16...4096),
        "Side of the picture in pixels; the network's input size by default."),
      Setting(
        "spectrum", .text("references"),
        "The magnitudes: those of the references, of a .npy file that `vitrine spectrum` has made, or 1/f."),
    ] + Setting.randomParts(isVITALBaseline: variant == .vitalBaseline)
  }
}
