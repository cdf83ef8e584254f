extension PickleMachine {
  /// Names, calls and furnishes what the pickle asks for, if that is permitted.
  mutating func call(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .global:
      guard let module = cursor.line(), let name = cursor.line() else {
        throw fault("the pickle is truncated")
      }
      push(.global(try global(module: try text(module), name: try text(name))))
    case .stackGlobal:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw fault("a global is named by no text")
      }
      push(.global(try global(module: module, name: name)))
    case .reduce, .newObject:
      let arguments = try pop()
      push(try result(of: try pop(), arguments))
    case .newObjectEx:
      _ = try pop()
      let arguments = try pop()
      push(try result(of: try pop(), arguments))
    case .build:
      // Attributes: a state dictionary's versions of modules, a namespace's members.
      let attributes = try pop()
      switch try top() {
      case .module(let module):
        // What a module makes its state from in its own way isn't understood; its tensors are missed later.
        guard case .dictionary(let index) = attributes else { break }
        for item in heap.dictionaries[index] {
          try heap.insert(item.value, for: item.key, inDictionary: module)
        }
      case .dictionary, .tensor, .opaque: break
      case let other: throw fault("attributes are set of \(other.kind)")
      }
    case .binPersistentID: push(try persistent(try pop()))
    default: break
    }
  }

  private func global(module: String, name: String) throws(Fault) -> TorchGlobal {
    guard let global = TorchGlobal.permitted(module: module, name: name, inScript: isScript) else {
      throw fault(
        """
        asks for \("\(module).\(name)".prefix(200)), which is refused: only what rebuilds tensors is understood, and \
        nothing is run. If it is a whole pickled model or a training state, save its weights alone with \
        torch.save(model.state_dict(), "weights.pth")
        """)
    }
    return global
  }

  /// What a call would return.
  private mutating func result(of callee: PickleValue, _ arguments: PickleValue) throws -> PickleValue {
    guard case .global(let global) = callee else { throw fault("\(callee.kind) is called") }
    guard case .tuple(let tuple) = arguments else {
      throw fault("\(global.name) is called without arguments")
    }
    return try result(of: global, heap.sequences[tuple], mayCall: true)
  }

  private mutating func result(
    of global: TorchGlobal, _ arguments: [PickleValue], mayCall: Bool
  ) throws -> PickleValue {
    switch global {
    case .dictionary: return try dictionary(arguments, global)
    case .rebuildTensor:
      guard arguments.count >= 4, case .storage(let index) = arguments[0] else { throw misuse(of: global) }
      guard let type = heap.storages[index].type else { throw fault("a tensor of a storage without type") }
      return try tensor(arguments, type, global)
    case .rebuildTypedTensor:
      guard arguments.count >= 7, case .global(.type(_, let type)) = arguments[6] else {
        throw misuse(of: global)
      }
      return try tensor(arguments, type, global)
    case .rebuildParameter:
      guard let first = arguments.first else { throw misuse(of: global) }
      switch first {
      case .tensor, .opaque: return first
      default: throw misuse(of: global)
      }
    case .rebuildFromType:
      guard mayCall, arguments.count >= 3, case .global(let callee) = arguments[0],
        case .tuple(let tuple) = arguments[2]
      else { throw misuse(of: global) }
      return try result(of: callee, heap.sequences[tuple], mayCall: false)
    case .size:
      guard case .tuple(let tuple)? = arguments.first, arguments.count == 1 else { throw misuse(of: global) }
      return .tuple(tuple)
    case .module: return .module(try heap.dictionary())
    case .inert(let name): return .opaque(name)
    case .storage, .type: throw fault("\(global.name) is called")
    }
  }

  private func misuse(of global: TorchGlobal) -> Fault {
    fault("\(global.name) is called with arguments that it doesn't have")
  }

  /// A dictionary, empty or of a list of pairs.
  private mutating func dictionary(_ arguments: [PickleValue], _ global: TorchGlobal) throws -> PickleValue {
    let index = try heap.dictionary()
    switch arguments.first {
    case .list(let pairs)?:
      for pair in heap.sequences[pairs] {
        switch pair {
        case .tuple(let cell), .list(let cell):
          let elements = heap.sequences[cell]
          guard elements.count == 2 else { throw misuse(of: global) }
          try heap.insert(elements[1], for: elements[0], inDictionary: index)
        default: throw misuse(of: global)
        }
      }
    // None, or a default dictionary's factory.
    case nil, .none?, .global?: break
    default: throw misuse(of: global)
    }
    return .dictionary(index)
  }

  /// A tensor of (storage, offset, extents, strides, …).
  private mutating func tensor(_ arguments: [PickleValue], _ type: ElementType, _ global: TorchGlobal) throws
    -> PickleValue
  {
    guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1],
      case .tuple(let shape) = arguments[2], case .tuple(let strides) = arguments[3]
    else { throw misuse(of: global) }
    return .tensor(
      try heap.add(
        PickledTensor(
          storage: heap.storages[storage], type: type, shape: shape, strides: strides, offset: offset)))
  }

  /// The storage that a persistent identifier stands for: ("storage", class, key, device, count), and in the legacy
  /// format a view, which is None or (key, start, count).
  private mutating func persistent(_ identifier: PickleValue) throws -> PickleValue {
    let wrong = "a persistent identifier that stands for no storage"
    guard case .tuple(let tuple) = identifier else { throw fault(wrong) }
    let parts = heap.sequences[tuple]
    if case .text("module")? = parts.first {
      throw fault(
        """
        is a whole pickled model with its source code, which is refused: save its weights alone with \
        torch.save(model.state_dict(), "weights.pth")
        """)
    }
    guard parts.count >= 5, case .text("storage") = parts[0], case .global(.storage(_, let type)) = parts[1],
      case .text(let key) = parts[2], case .integer(let count) = parts[4]
    else { throw fault(wrong) }
    var view = (start: 0, count: count)
    if parts.count > 5, case .tuple(let tuple) = parts[5] {
      let parts = heap.sequences[tuple]
      guard parts.count == 3, case .integer(let start) = parts[1], case .integer(let size) = parts[2],
        start >= 0, size >= 0, start <= count, size <= count - start
      else { throw fault("a view that leaves its storage") }
      view = (start, size)
    }
    guard count >= 0 else { throw fault("a storage of \(count) numbers") }
    return .storage(
      try heap.add(PickledStorage(key: key, type: type, count: count, start: view.start)))
  }
}
