import Checkpoints
import NeuralNetwork

/// Hands out a checkpoint's tensors and keeps a list of all that is missing, misshapen, unusable or left over.
final class CheckpointWeights: WeightSource {
  private let checkpoint: Checkpoint
  private var used: Set<String> = []
  private var mismatch: WeightMismatch

  /// Weights of a checkpoint for an architecture, which is named in errors.
  init(_ checkpoint: Checkpoint, architecture: String) {
    self.checkpoint = checkpoint
    mismatch = WeightMismatch(path: checkpoint.path, architecture: architecture)
  }

  func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    used.insert(name)
    let placeholder = Parameter(missing: name, shape: shape)
    guard let tensor = checkpoint[name] else {
      mismatch.missing.append(name)
      return placeholder
    }
    guard tensor.shape == shape else {
      mismatch.misshapen.append(.init(name: name, found: tensor.shape, expected: shape))
      return placeholder
    }
    guard tensor.isFloat else {
      mismatch.unusable.append(
        "\(name) holds \(tensor.type.rawValue) numbers; F16, BF16, F32 and F64 can serve")
      return placeholder
    }
    do {
      let reading = try tensor.reading()
      let count = reading.nonFiniteCount
      if count > 0 {
        mismatch.unusable.append("\(name) has \(count) of \(tensor.count) numbers that are NaN or infinite")
      }
      return Parameter(name: name, shape: shape) {
        let floats = reading.floats
        return Parameter.Numbers(floats.values, owner: floats.owner)
      }
    } catch {
      mismatch.unusable.append("\(name): \(error)")
      return placeholder
    }
  }

  /// Throws ``ModelError/weights(_:)`` if anything was wrong or is left over that isn't to be ignored. Integers are no
  /// weights and may be left over: PyTorch's counters of batches, indices of positions.
  func verify(ignoring isIgnored: (String) -> Bool) throws(ModelError) {
    mismatch.unexpected = checkpoint.tensors.map(\.name).filter { name in
      guard !used.contains(name), !isIgnored(name), !name.hasSuffix(".num_batches_tracked") else {
        return false
      }
      return checkpoint[name]?.type.isInteger == false
    }
    guard !mismatch.isEmpty else { return }
    // A few faults are a damaged network's; many are another's.
    if mismatch.missing.count + mismatch.misshapen.count > used.count / 2 {
      mismatch.suggestion = Architectures.nearest(to: TensorShapes(checkpoint)).map {
        "By the names of its tensors, the nearest family is \($0)."
      }
    }
    throw .weights(mismatch)
  }
}
