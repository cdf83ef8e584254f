import Support

/// Finds the tensors of a TorchScript module under the names that its state dictionary would have: the attributes that
/// lead to them, joined by dots.
enum ScriptModule {
  /// Modules within modules beyond this depth no network has.
  private static let greatestDepth = 100
  /// Longer names, all together, no network has.
  private static let mostBytes = 32 << 20

  /// The tensors of a module, a dictionary of attributes, and of the modules within it. Each module is entered once, so
  /// that no file can make modules that hold each other or stand in too many places. Throws ``CheckpointError``.
  static func tensors(
    of root: Int, _ heap: PickleHeap, _ file: MappedFile
  ) throws(CheckpointError) -> [(name: String, tensor: PickledTensor)] {
    var tensors: [(name: String, tensor: PickledTensor)] = []
    var entered: Set<Int> = [root]
    var bytes = 0
    // Modules that are yet to be looked into; the topmost first.
    var open = [(prefix: "", module: root, depth: 0)]
    while let (prefix, module, depth) = open.popLast() {
      guard depth <= greatestDepth else {
        throw file.fault("its modules are nested more than \(greatestDepth) deep")
      }
      var inner: [(prefix: String, module: Int, depth: Int)] = []
      for item in heap.dictionaries[module] {
        guard case .text(let name) = item.key else { continue }
        switch item.value {
        case .tensor(let index): tensors.append((prefix + name, heap.tensors[index]))
        case .module(let index) where entered.insert(index).inserted:
          inner.append(("\(prefix)\(name).", index, depth + 1))
        default: continue
        }
        bytes += prefix.utf8.count + name.utf8.count
        guard bytes <= mostBytes else {
          throw file.fault("its modules' names take more than \(mostBytes) bytes")
        }
      }
      open += inner.reversed()
    }
    guard !tensors.isEmpty else { throw file.fault("holds a TorchScript module without tensors") }
    return tensors
  }
}
