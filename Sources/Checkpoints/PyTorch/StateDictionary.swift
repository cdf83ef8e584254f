import Support

/// Finds the dictionary of tensors in what a pickle holds, and gives its tensors the names that the network's owner
/// would write.
///
/// A checkpoint is the dictionary itself, or a dictionary that has it under one of some usual keys beside optimizers
/// and counters. Weights that were averaged over training (EMA) are taken only if nothing else is there or if they are
/// asked for by their key.
struct StateDictionary {
  /// The keys that hold weights, the first first.
  static let usualKeys = [
    "state_dict", "model_state_dict", "model_state", "model", "module", "network", "net", "params", "weights",
    "state_dict_ema", "model_ema_state_dict", "model_ema", "ema_state_dict", "ema_model", "ema", "params_ema",
  ]
  /// Prefixes that wrappers put before names: data parallelism, `torch.compile`. Each is stripped where it stands.
  private static let wrappers = ["module.", "_orig_mod."]
  /// Prefixes that a training script's own class puts before all names. Stripped if every name has it.
  private static let owners = ["model.", "net.", "network."]

  /// The key that the tensors were found under, or `nil` if they lie open.
  let key: String?
  /// The tensors by their names.
  let tensors: [(name: String, tensor: PickledTensor)]

  /// Searches a value, for a certain key if there is one. Throws ``CheckpointError``.
  init(_ root: PickleValue, _ heap: PickleHeap, key: String?, _ file: MappedFile) throws(CheckpointError) {
    if case .tensor(let index) = root, key == nil {
      self.key = nil
      tensors = [("tensor", heap.tensors[index])]
      return
    }
    if case .module(let index) = root, key == nil {
      self.key = nil
      tensors = try Self.unwrapped(try ScriptModule.tensors(of: index, heap, file), file)
      return
    }
    guard case .dictionary(let index) = root else {
      throw file.fault("holds \(root.kind), not a dictionary of tensors")
    }
    let root = heap.dictionaries[index]
    let found = try Self.chosen(root, heap, key: key, file)
    self.key = found.key
    var tensors: [(name: String, tensor: PickledTensor)] = []
    for item in found.items {
      guard case .tensor(let index) = item.value else { continue }
      guard case .text(let name) = item.key else {
        throw file.fault("a tensor's name is \(item.key.kind), not a text")
      }
      tensors.append((name, heap.tensors[index]))
    }
    guard !tensors.isEmpty else {
      throw file.fault("holds no tensors\(found.key.map { " under \"\($0)\"" } ?? "")")
    }
    self.tensors = try Self.unwrapped(tensors, file)
  }

  private typealias Items = [(key: PickleValue, value: PickleValue)]

  private static func chosen(
    _ root: Items, _ heap: PickleHeap, key: String?, _ file: MappedFile
  ) throws(CheckpointError) -> (key: String?, items: Items) {
    var inner: [(key: String, items: Items)] = []
    for item in root {
      guard case .text(let name) = item.key, case .dictionary(let index) = item.value else { continue }
      if holdsTensors(heap.dictionaries[index]) { inner.append((name, heap.dictionaries[index])) }
    }
    let names = inner.map { "\"\($0.key)\"" }.prefix(20).joined(separator: ", ")
    if let key {
      if let found = inner.last(where: { $0.key == key }) { return (found.key, found.items) }
      throw file.fault(
        "has no dictionary of tensors \"\(key)\"\(Suggestion.clause(for: key, among: inner.map(\.key)))"
          + (names.isEmpty ? "" : " (it has \(names))"))
    }
    if holdsTensors(root) { return (nil, root) }
    for usual in usualKeys {
      if let found = inner.last(where: { $0.key == usual }) { return (found.key, found.items) }
    }
    guard inner.count <= 1 else {
      throw file.fault(
        "holds several dictionaries of tensors, \(names): say which by `weights-key:` in a model.yaml")
    }
    // Nothing there: the caller says so.
    return inner.first.map { ($0.key, $0.items) } ?? (nil, root)
  }

  private static func holdsTensors(_ items: Items) -> Bool {
    items.contains { item in
      if case .tensor = item.value, case .text = item.key { true } else { false }
    }
  }

  /// The tensors without their wrappers' prefixes. Throws ``CheckpointError`` if a name stands twice.
  private static func unwrapped(
    _ tensors: [(name: String, tensor: PickledTensor)], _ file: MappedFile
  ) throws(CheckpointError) -> [(name: String, tensor: PickledTensor)] {
    var tensors = tensors
    for index in tensors.indices {
      while let prefix = wrappers.first(where: { tensors[index].name.hasPrefix($0) }) {
        tensors[index].name.removeFirst(prefix.count)
      }
    }
    if let prefix = owners.first(where: { prefix in tensors.allSatisfy { $0.name.hasPrefix(prefix) } }) {
      for index in tensors.indices { tensors[index].name.removeFirst(prefix.count) }
    }
    var names: Set<String> = []
    for (name, _) in tensors where !names.insert(name).inserted {
      throw file.fault("the name stands twice", tensor: name)
    }
    return tensors
  }
}
