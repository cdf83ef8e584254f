import Support

/// Keras' weights in HDF5: full models and weights of Keras 2, weights of Keras 3.
///
/// Keras 2 keeps a layer's weights in a group of its name under paths that start with the layer's name again; tensors
/// are named by those, without the `:0` that TensorFlow puts behind: `conv1_conv/kernel`. In other files tensors are
/// named by their paths: `layers/conv2d/vars/0`. Extents are in Keras' order, height×width×in×out for convolutions.
enum KerasFile {
  private static let magic: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)

  /// Whether a file starts as HDF5.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// Reads a file's list of tensors. Throws ``CheckpointError``.
  static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let listing = try HDF5Listing(file)
    var datasets = listing.datasets
    if listing.hasLayerNames {
      let short = datasets.map { dataset in
        let parts = dataset.path.split(separator: "/", maxSplits: 1)
        return parts.count == 2 ? String(parts[1]) : dataset.path
      }
      // Layers of nested models may share names; then the whole path tells them apart.
      if Set(short).count == short.count {
        for index in datasets.indices { datasets[index].path = short[index] }
      }
    }
    datasets.sort { ($0.address, $0.path) < ($1.address, $1.path) }
    var contents = CheckpointContents()
    for dataset in datasets {
      if let tensor = try dataset.tensor(name(dataset.path), in: file) { contents.tensors.append(tensor) }
    }
    guard !contents.tensors.isEmpty else { throw file.fault("is an HDF5 file without any array of numbers") }
    return contents
  }

  private static func name(_ path: String) -> String {
    path.hasSuffix(":0") ? String(path.dropLast(2)) : path
  }
}
