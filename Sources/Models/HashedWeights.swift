import Checkpoints
public import NeuralNetwork
import Tensor

/// Weights that need no file: each number is a hash of its tensor's name and its index, scaled like a usual
/// initialization. `tools/hashed_weights.py` computes the same, so golden values compare whole networks.
public final class HashedWeights: WeightSource {
  /// A source of hashed weights.
  public init() {}

  /// The parameter of a name and shape.
  public func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    let memory = FloatMemory(count: shape.reduce(1, *))
    let (center, spread) = Self.range(of: name, shape: shape)
    var numbers = Self.numbers(name)
    for index in memory.values.indices { memory.values[index] = center + spread * numbers.next() }
    return Parameter(name: name, shape: shape, values: UnsafeBufferPointer(memory.values), owner: memory)
  }

  /// Numbers in [−1, 1) that a name stands for, the multiples of 2⁻²³ that SplitMix64 gives from the name's FNV-1a
  /// hash on.
  public struct Numbers: Sendable {
    private var generator: SplitMix64

    init(_ name: String) { generator = SplitMix64(state: SplitMix64.hash(name)) }

    /// The next number.
    public mutating func next() -> Float { Float(generator.next() >> 40) * 0x1p-23 - 1 }
  }

  /// The endless row of numbers in [−1, 1) of a name.
  public static func numbers(_ name: String) -> Numbers { Numbers(name) }

  /// The first `count` numbers of a name.
  public static func numbers(_ name: String, count: Int) -> [Float] {
    var numbers = Numbers(name)
    return (0..<count).map { _ in numbers.next() }
  }

  /// Center and half width of a tensor's range. Matrices and kernels: variance 2/fan-in (He et al. 2015).
  private static func range(of name: String, shape: [Int]) -> (center: Float, spread: Float) {
    let suffix = name.split(separator: ".").last.map(String.init) ?? name
    switch suffix {
    case "running_var": return (1, 0.5)
    case "running_mean": return (0, 0.2)
    case "class_token", "pos_embedding": return (0, 1)
    case _ where suffix.hasSuffix("bias"): return (0, 0.1)
    case _ where shape.count == 1: return (0.75, 0.25)
    default: return (0, Float((6 / Double(shape.dropFirst().reduce(1, *))).squareRoot()))
    }
  }
}
