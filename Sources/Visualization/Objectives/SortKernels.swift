// Interim: the sorting loops of CKernels take their place when they land.
func vitrine_sort_channels(_ channels: Int32, _ positions: Int32, _ values: inout [Float]) {
  for channel in 0..<Int(channels) {
    let range = channel * Int(positions)..<(channel + 1) * Int(positions)
    values.replaceSubrange(range, with: values[range].sorted())
  }
}

func vitrine_sort_match(
  _ channels: Int32, _ positions: Int32, _ values: UnsafePointer<Float>, _ targets: UnsafePointer<Float>,
  _ weight: Float, _ gradient: UnsafeMutablePointer<Float>
) -> Double {
  var loss = 0.0
  let n = Int(positions)
  let share = weight / Float(Int(channels) * n)
  for channel in 0..<Int(channels) {
    let base = channel * n
    let order = (0..<n).sorted { values[base + $0] < values[base + $1] }
    for (rank, index) in order.enumerated() {
      let difference = values[base + index] - targets[base + rank]
      loss += Double(share) * Double(difference * difference)
      gradient[base + index] = 2 * share * difference
    }
  }
  return loss
}
