/// One pass of a separable resampling: for each output row the input rows that it mixes, and their weights.
struct ResamplingPass {
  /// How many rows come out.
  let outputs: Int
  /// The first input row of each.
  private(set) var first: [Int32] = []
  /// How many input rows each mixes.
  private(set) var count: [Int32] = []
  /// How many weights each has room for.
  let stride: Int
  /// outputs × stride weights.
  private(set) var weights: [Float] = []
  /// The same in PIL's fixed point: multiples of 2^-22.
  private(set) var levels: [Int32] = []

  /// The weights of a pass from `inputs` to `outputs` samples.
  ///
  /// With antialiasing as PIL: the filter is widened by the scale when shrinking, cut at the border, and its weights
  /// are normalized. Without as PyTorch's `interpolate(align_corners=False)`: the filter keeps its width, samples
  /// beyond the border repeat the last one, and the cubic has a = -0.75.
  init(inputs: Int, outputs: Int, filter: Image.Filter, antialias: Bool) {
    let scale = Double(inputs) / Double(outputs)
    let widening = antialias ? max(scale, 1) : 1
    let support = filter.support * widening
    stride = min(inputs, Int(support.rounded(.up)) * 2 + 1)
    self.outputs = outputs
    weights = [Float](repeating: 0, count: stride * outputs)
    levels = [Int32](repeating: 0, count: stride * outputs)
    for output in 0..<outputs {
      let center = (Double(output) + 0.5) * scale
      let low = Int((center - support + 0.5).rounded(.down))
      let high = Int((center + support + 0.5).rounded(.down))
      let start = max(0, min(low, inputs - 1))
      let end = max(start + 1, min(high, inputs))
      var taps = [Double](repeating: 0, count: end - start)
      for sample in low..<max(high, low + 1) {
        guard !antialias || (start..<end).contains(sample) else { continue }
        let weight = filter.weight((Double(sample) - center + 0.5) / widening, antialias: antialias)
        taps[max(start, min(end - 1, sample)) - start] += weight
      }
      let sum = taps.reduce(0, +)
      first.append(Int32(start))
      count.append(Int32(end - start))
      for (index, tap) in taps.enumerated() {
        let weight = sum == 0 ? tap : tap / sum
        weights[output * stride + index] = Float(weight)
        levels[output * stride + index] = Int32((weight * 0x1p22).rounded(.toNearestOrAwayFromZero))
      }
    }
  }
}
