import NeuralNetwork

/// The activation of CLIP's perceptrons, which a checkpoint's tensors don't tell.
public enum CLIPActivation: String, Sendable, CaseIterable {
  /// x·σ(1.702·x): OpenAI's.
  case quickGELU = "quick-gelu"
  /// x·Φ(x): that of most that open_clip trained.
  case gelu

  var operation: Operation {
    switch self {
    case .quickGELU: .activation(.quickGELU)
    case .gelu: .gelu
    }
  }
}
