import CKernels

/// Factors and offsets by channel, with a value that is added: a block's layer scale and its shortcut in one pass.
final class ScaleKernel: Kernel {
  private let context: KernelContext
  private let scale: Storage
  private let shift: Storage?

  init(_ operation: Operation.Scale, _ context: KernelContext) {
    self.context = context
    let capacity = Int(
      context.output.extents.channelRuns.channel_blocks * context.output.extents.channelRuns.lanes)
    func copy(_ parameter: Parameter) -> Storage {
      let storage = Storage(capacity: capacity)
      if let start = parameter.values.baseAddress {
        storage.start.update(from: start, count: parameter.values.count)
      }
      return storage
    }
    scale = copy(operation.scale)
    shift = operation.shift.map(copy)
  }

  func forward() -> Step {
    let (x, y, addend, scale, shift) = (context.inputs[0], context.output, context.addend, scale, shift)
    var runs = y.extents.channelRuns
    return Step(
      context.node, "scale",
      always: {
        if let shift {
          vitrine_scale_shift(&runs, scale.start, shift.start, 0, x.start, y.start)
          return
        }
        if let addend, addend.storage !== y.storage { vitrine_copy(Int64(y.count), addend.start, y.start) }
        vitrine_scale(&runs, scale.start, addend == nil ? 0 : 1, x.start, y.start)
      })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let scale = scale
    var runs = gradient.extents.channelRuns
    return Step(
      context.node, "gradient scale",
      always: { vitrine_scale(&runs, scale.start, accumulate ? 1 : 0, gradient.start, destination.start) })
  }
}

/// A map whose channels are multiplied by factors that the network computed: squeeze and excitation.
final class GateKernel: Kernel {
  private let context: KernelContext
  var keepsInputs: Bool { true }

  init(_ context: KernelContext) { self.context = context }

  func forward() -> Step {
    let (x, factors, y) = (context.inputs[0], context.inputs[1], context.output)
    var runs = x.extents.runs
    let channels = Int64(x.extents.channels)
    return Step(
      context.node, "gate", always: { vitrine_gate(&runs, channels, factors.start, 0, x.start, y.start) })
  }

  func backward(_ index: Int, from gradient: Value, into destination: Value, accumulate: Bool) -> Step {
    let (x, factors) = (context.inputs[0], context.inputs[1])
    var runs = x.extents.runs
    let channels = Int64(x.extents.channels)
    let add: Int32 = accumulate ? 1 : 0
    return Step(
      context.node, "gradient gate",
      always: {
        if index == 0 {
          vitrine_gate(&runs, channels, factors.start, add, gradient.start, destination.start)
        } else {
          vitrine_gate_backward(&runs, channels, add, x.start, gradient.start, destination.start)
        }
      })
  }
}
