import CKernels

/// One side of a separable resampling: each output is a weighted sum of a few neighbouring inputs.
final class BandTable {
  let outputs: Int
  let taps: Int
  let inputs: Int
  private let first: UnsafeMutableBufferPointer<Int32>
  private let weights: FloatBuffer
  /// The most taps that an output uses.
  private var used = 1

  /// A table of zeros for `outputs` sums over at most `taps` of `inputs` numbers.
  init(inputs: Int, outputs: Int, taps: Int) {
    self.inputs = inputs
    self.outputs = outputs
    self.taps = min(taps, inputs)
    first = .allocate(capacity: outputs)
    first.initialize(repeating: 0)
    weights = FloatBuffer(count: outputs * self.taps)
  }

  deinit { first.deallocate() }

  /// The table as the kernels read it.
  var band: vitrine_band {
    vitrine_band(
      outputs: Int32(outputs), stride: Int32(taps), taps: Int32(used), begin: first.min() ?? 0,
      end: (first.max() ?? 0) + Int32(used), first: UnsafePointer(first.baseAddress),
      weights: UnsafePointer(weights.start))
  }

  /// All weights zero.
  func clear() {
    weights.clear()
    used = 1
  }

  /// Says that output `index` reads inputs from `position` on, as far as there are any: a window that would
  /// reach beyond the last input begins earlier.
  func place(_ index: Int, from position: Int) {
    first[index] = Int32(max(0, min(position, inputs - taps)))
  }

  /// Adds a weight for one input, which must lie in the output's window.
  func add(_ weight: Float, of source: Int, to index: Int) {
    let tap = source - Int(first[index])
    precondition((0..<taps).contains(tap), "the window of \(taps) inputs doesn't hold this one")
    weights.values[index * taps + tap] += weight
    used = max(used, tap + 1)
  }
}
