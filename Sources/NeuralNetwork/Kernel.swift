import COneDNN

/// A stage planned for fixed shapes and memory.
protocol Kernel: AnyObject {
  /// Computes the stage's output from its inputs.
  func forward() throws(NetworkError) -> Step

  /// Computes the gradient of the main operation's input `index`, from that of the stage's sum (after the
  /// activation's derivative has been applied); adds it if `accumulate`.
  func backward(
    _ index: Int, from gradient: Value, into destination: Value, accumulate: Bool
  ) throws(NetworkError) -> Step

  /// Whether the backward steps read the stage's inputs, or its output.
  var keepsInputs: Bool { get }

  /// Whether its backward steps apply the derivative of the stage's ReLU themselves, from the inputs.
  var rectifiesGradient: Bool { get }
}

extension Kernel {
  var keepsInputs: Bool { false }
  var rectifiesGradient: Bool { false }
}

/// What a kernel is planned with.
struct KernelContext {
  /// The stage's output name, for messages.
  let node: String
  let stage: Stage
  /// Values of the main operation's inputs.
  let inputs: [Value]
  let addend: Value?
  /// Where the result goes; the addend's own memory if the sum happens in place.
  let output: Value
  let scratch: Scratch
  /// Whether gradients will be asked for.
  let gradient: Bool
  let precision: Precision

  /// Whether products round both their sides to bfloat16.
  var multipliesHalves: Bool { precision == .bfloat16 && vdnn_has_bfloat16() != 0 }
}
