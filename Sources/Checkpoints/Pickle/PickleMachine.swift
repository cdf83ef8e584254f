/// Runs a pickle, protocol 2 to 5, as far as it rebuilds tensors; see ``TorchGlobal`` for what it may ask for.
///
/// Each instruction takes at least a byte of the file and leaves a bounded amount of memory; stack, memo and heap are
/// bounded too, so that even a file made of the most wasteful instructions stays below a constant.
struct PickleMachine {
  /// Where the pickle isn't what was expected, and why.
  struct Fault: Error {
    let offset: Int
    let reason: String
  }

  /// A longer pickle no checkpoint has: tensors' numbers lie outside it.
  static let greatestSize = 32 << 20
  /// More values than this no checkpoint holds at once on the stack or in the memo.
  static let mostValues = 1 << 20

  /// Whether the pickle is of a TorchScript archive, whose classes are its own.
  let isScript: Bool
  var cursor: ByteCursor
  var heap = PickleHeap()
  var stack: [PickleValue] = []
  /// Sizes of the stack at the marks.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var start = 0

  /// A machine for a pickle at a place of some bytes, which must outlive it.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0, isScript: Bool = false) {
    self.isScript = isScript
    cursor = ByteCursor(bytes, at: offset)
  }

  /// Where the next pickle would start.
  var offset: Int { cursor.offset }

  /// A fault at the current instruction.
  func fault(_ reason: String) -> Fault { Fault(offset: start, reason: reason) }

  /// Runs one pickle to its end and gives the value that it leaves; the heap is kept for the next. Throws ``Fault``.
  mutating func run() throws(Fault) -> PickleValue {
    (stack, marks, memo) = ([], [], [:])
    start = cursor.offset
    let first = start
    guard cursor.remaining > 0 else { throw fault("a pickle is missing: the file is truncated") }
    guard cursor.number(UInt8.self) == PickleOpcode.proto.rawValue, let version = cursor.number(UInt8.self)
    else {
      throw fault("a pickle of protocol 2 or later expected")
    }
    guard (2...5).contains(version) else {
      throw fault("pickle protocol \(version) isn't understood; 2 to 5 are")
    }
    while true {
      start = cursor.offset
      guard start - first <= Self.greatestSize else {
        throw fault("the pickle exceeds \(Self.greatestSize) bytes")
      }
      guard let byte = cursor.number(UInt8.self) else {
        throw fault("the pickle has no end: it is truncated")
      }
      guard let opcode = PickleOpcode(rawValue: byte) else {
        throw fault("the pickle instruction 0x\(String(byte, radix: 16)) isn't understood")
      }
      if opcode == .stop { return try pop() }
      do {
        try perform(opcode)
      } catch let error as Fault {
        throw error
      } catch {
        throw fault("the pickle holds more than \(PickleHeap.mostElements) values")
      }
      guard stack.count <= Self.mostValues, memo.count <= Self.mostValues, marks.count <= Self.mostValues
      else {
        throw fault("the pickle holds more than \(Self.mostValues) values at once")
      }
    }
  }

  private mutating func perform(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .proto: _ = try take(UInt8.self)
    case .frame: _ = try take(UInt64.self)
    case .stop: break
    case .mark: marks.append(stack.count)
    case .pop: if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .dup: push(try top())
    case .none, .newTrue, .newFalse, .binInt, .binInt1, .binInt2, .long1, .long4, .binFloat, .binString,
      .shortBinString, .binUnicode, .shortBinUnicode, .binUnicode8, .binBytes, .shortBinBytes, .binBytes8,
      .byteArray8:
      push(try literal(opcode))
    case .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyList, .list, .append, .appends,
      .emptyDictionary, .dictionary, .setItem, .setItems, .emptySet, .addItems, .frozenSet:
      try collect(opcode)
    case .put: memo[Int(try take(UInt8.self))] = try top()
    case .longPut: memo[Int(try take(UInt32.self))] = try top()
    case .memoize: memo[memo.count] = try top()
    case .get: push(try recall(Int(try take(UInt8.self))))
    case .longGet: push(try recall(Int(try take(UInt32.self))))
    case .global, .stackGlobal, .reduce, .newObject, .newObjectEx, .build, .binPersistentID: try call(opcode)
    }
  }

  mutating func push(_ value: PickleValue) { stack.append(value) }

  /// Takes the topmost value above the last mark.
  mutating func pop() throws(Fault) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw fault("a value is missing on the pickle's stack")
    }
    return value
  }

  /// The topmost value above the last mark.
  func top() throws(Fault) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw fault("a value is missing on the pickle's stack")
    }
    return value
  }

  /// Takes the values above the last mark, and the mark.
  mutating func popToMark() throws(Fault) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw fault("a mark is missing on the pickle's stack") }
    // A copy, since a slice would make the stack copy itself.
    let values = Array(stack[mark...])
    stack.removeLast(stack.count - mark)
    return values
  }

  /// Takes a number after the instruction.
  mutating func take<Number: FixedWidthInteger>(_ type: Number.Type) throws(Fault) -> Number {
    guard let number = cursor.number(type) else { throw fault("the pickle is truncated") }
    return number
  }

  private func recall(_ index: Int) throws(Fault) -> PickleValue {
    guard let value = memo[index] else {
      throw fault("the pickle recalls value \(index), which it never stored")
    }
    return value
  }
}
