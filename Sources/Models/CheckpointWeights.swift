import Network

/// Hands out a checkpoint's tensors and keeps a list of all that is missing, misshapen, unusable or left over.
final class CheckpointWeights: WeightSource {
  private let checkpoint: Safetensors
  private var used: Set<String> = []
  private var mismatch: WeightMismatch

  /// Weights of a checkpoint for an architecture, which is named in errors.
  init(_ checkpoint: Safetensors, architecture: String) {
    self.checkpoint = checkpoint
    mismatch = WeightMismatch(path: checkpoint.path, architecture: architecture)
  }

  func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    used.insert(name)
    let placeholder = Parameter(name: name, shape: shape, copying: [])
    guard let entry = checkpoint[name] else {
      mismatch.missing.append(name)
      return placeholder
    }
    guard entry.shape == shape else {
      mismatch.misshapen.append(.init(name: name, found: entry.shape, expected: shape))
      return placeholder
    }
    do {
      let parameter = try checkpoint.parameter(entry)
      let count = WeightConversion.countNonFinite(parameter.values)
      if count > 0 {
        mismatch.unusable.append("\(name) has \(count) of \(entry.count) numbers that are NaN or infinite")
      }
      return parameter
    } catch {
      mismatch.unusable.append(
        "\(name) holds \(entry.type.rawValue) numbers; F16, BF16, F32 and F64 can serve")
      return placeholder
    }
  }

  /// Throws ``ModelError/weights(_:)`` if anything was wrong or is left over. PyTorch's counters of batches are no
  /// weights and may be left over.
  func verify(ignoring isIgnored: (String) -> Bool) throws(ModelError) {
    mismatch.unexpected = checkpoint.entries.map(\.name)
      .filter { !used.contains($0) && !isIgnored($0) && !$0.hasSuffix(".num_batches_tracked") }
    guard mismatch.isEmpty else { throw .weights(mismatch) }
  }
}
