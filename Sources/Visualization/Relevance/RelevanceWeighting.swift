import Models
import Relevance

/// By what of a target's relevance VITAL weights activations (Görgün et al. 2025, section 3.2): its settings `relevance`
/// and `rules`.
struct RelevanceWeighting: Sendable, Equatable {
  /// What is sent back from the target.
  enum Kind: String, CaseIterable, Sendable {
    /// Nothing: activations count as they are.
    case none
    /// The target's activation at all positions.
    case activation
    /// A one at the position where the target is strongest beside the other channels.
    case position
    /// The slope, by guided backpropagation.
    case guided
  }

  /// What is sent back; not ``Kind/none``.
  let kind: Kind
  /// The rules that it follows.
  let rules: RelevanceComposite

  /// The weighting that settings ask for; `nil` for none.
  init?(_ settings: Settings) {
    guard let kind = Kind(rawValue: settings.text("relevance")), kind != .none else { return nil }
    let named = RelevanceComposite.all.first { $0.name == settings.text("rules") }
    self.kind = kind
    rules = kind == .guided ? .guided : named ?? .epsilonPlus
  }

  /// What tells statistics of different weightings apart.
  var name: String { kind == .guided ? kind.rawValue : "\(kind.rawValue) \(rules.name)" }

  var start: TargetReader.RelevanceStart {
    switch kind {
    case .none, .activation: .sum
    case .position: .position
    case .guided: .slope
    }
  }

  /// The names of the rules that can be chosen.
  static let rulesNames = RelevanceComposite.all.filter { !$0.sendsSlope }.map(\.name)

  /// The rules for a family: those of VITAL's authors for networks of convolutions, batch normalizations and ReLUs, which
  /// they are made for; AttnLRP's for transformers; z-plus for those whose activations may lie below zero.
  static func usualRules(for architecture: String) -> String {
    switch architecture {
    case "vision-transformer": RelevanceComposite.attention.name
    case _ where architecture.hasPrefix("clip"): RelevanceComposite.attention.name
    case "convnext", "efficientnet", "mobilenet-v2": RelevanceComposite.epsilonPlus.name
    default: RelevanceComposite.vital.name
    }
  }
}
