import Support

/// Keras' weights in HDF5: full models and weights of Keras 2, weights of Keras 3. Tensors are named by layer and part,
/// `conv1_conv/kernel`, and have Keras' extents: height×width×in×out for convolutions.
///
/// Keras 2 keeps a layer's weights in a group of its name under paths that start with the layer's name again, with a
/// `:0` that TensorFlow puts behind. Keras 3 numbers them: `layers/conv2d_1/vars/0`, with the layer's name in an
/// attribute of `vars`. In other files tensors are named by their paths.
enum KerasFile {
  private static let magic: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)

  /// Whether a file starts as HDF5.
  static func recognizes(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// Reads a file's list of tensors. Throws ``CheckpointError``.
  static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let listing = try HDF5Listing(file)
    var datasets = listing.datasets
    let names = names(of: datasets.map(\.path), listing)
    // Layers of nested models may share names; then the whole path tells them apart.
    if Set(names).count == names.count {
      for index in datasets.indices { datasets[index].path = names[index] }
    }
    datasets.sort { ($0.address, $0.path) < ($1.address, $1.path) }
    var contents = CheckpointContents()
    for dataset in datasets {
      if let tensor = try dataset.tensor(dataset.path, in: file) { contents.tensors.append(tensor) }
    }
    guard !contents.tensors.isEmpty else { throw file.fault("is an HDF5 file without any array of numbers") }
    return contents
  }

  /// What the layers' owner would call the arrays of some paths.
  private static func names(of paths: [String], _ listing: HDF5Listing) -> [String] {
    let counts = Dictionary(grouping: paths, by: { folder(of: $0) }).mapValues(\.count)
    return paths.map { path in
      if let layer = listing.layers[folder(of: path)] {
        return "\(layer)/\(part(of: path, among: counts[folder(of: path)] ?? 0))"
      }
      var name = Substring(path)
      if listing.hasLayerNames, let slash = path.firstIndex(of: "/") {
        name = path[path.index(after: slash)...]
      }
      return String(name.hasSuffix(":0") ? name.dropLast(2) : name)
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// What Keras 3 has a number for, by the class of the layer, which its group is named by: `layers/conv2d_1/vars/0`
  /// is a kernel.
  private static func part(of path: String, among count: Int) -> String {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, let number = parts.last.flatMap({ Int($0) }) else { return path }
    let norm = ["gamma", "beta", "moving_mean", "moving_variance"]
    let names: [String] =
      switch parts[parts.count - 3].prefix(while: { !$0.isNumber }) {
      case "conv", "depthwise_conv", "dense", "dense_": ["kernel", "bias"]
      case "batch_normalization", "batch_normalization_": Array(norm.suffix(count))
      case "layer_normalization", "layer_normalization_": Array(norm.prefix(2))
      default: []
      }
    return names.indices.contains(number) ? names[number] : String(number)
  }
}
