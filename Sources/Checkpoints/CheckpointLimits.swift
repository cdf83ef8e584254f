import Support

/// Bounds that keep a small hostile file from standing for a large amount of memory.
enum CheckpointLimits {
  /// More tensors than this no network has.
  static let mostTensors = 100_000
  /// Unpacked numbers may take so many times the file's bytes: weights hardly compress, and tied weights appear twice.
  static let greatestExpansion = 8
  /// And this much whatever the file's size.
  static let allowance = 64 << 20

  /// How many bytes a file of a size may stand for.
  static func greatestSize(fileBytes: Int) -> Int { fileBytes * greatestExpansion + allowance }

  /// Throws ``CheckpointError`` if the tensors together stand for more memory than a file of that size may.
  static func check(
    _ tensors: [StoredTensor], of file: MappedFile, fileBytes: Int
  ) throws(CheckpointError) {
    guard tensors.count <= mostTensors else {
      throw file.fault("holds \(tensors.count) tensors; at most \(mostTensors) are allowed")
    }
    let limit = greatestSize(fileBytes: fileBytes)
    var total = 0
    for tensor in tensors {
      let (bytes, overflows) = tensor.count.multipliedReportingOverflow(by: tensor.type.size)
      let (sum, exceeds) = total.addingReportingOverflow(max(bytes, tensor.storage.unpackedByteCount))
      guard !overflows, !exceeds, sum <= limit else {
        throw file.fault(
          """
          with it the tensors take more than \(limit) bytes unpacked, which a file of \(fileBytes) bytes may not stand \
          for: it is a bomb, or its numbers are nearly all equal
          """, tensor: tensor.name)
      }
      total = sum
    }
  }
}
