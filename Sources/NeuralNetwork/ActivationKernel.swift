import CKernels

/// A function of single numbers.
final class ActivationKernel: Kernel {
  private let context: KernelContext
  private let kind: vitrine_activation_kind
  var keepsInputs: Bool { true }

  init(_ function: Operation.Activation, _ context: KernelContext) {
    self.context = context
    kind =
      switch function {
      case .silu: VITRINE_SILU
      case .sigmoid: VITRINE_SIGMOID
      case .relu6: VITRINE_RELU6
      case .quickGELU: VITRINE_QUICK_GELU
      case .hardSwish: VITRINE_HARD_SWISH
      case .hardSigmoid: VITRINE_HARD_SIGMOID
      }
  }

  func forward() -> Step {
    let (x, y, kind) = (context.inputs[0], context.output, kind)
    return Step(
      context.node, "activation", always: { vitrine_activation(kind, Int64(y.count), x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (x, kind) = (context.inputs[0], kind)
    return Step(
      context.node, "gradient activation",
      always: {
        vitrine_activation_backward(
          kind, Int64(x.count), x.start, gradient.start, accumulate ? 1 : 0, destination.start)
      })
  }
}
