import Foundation
import Testing

@testable import Checkpoints

/// Pickles that run code, lie, or never end: each is refused with the byte and what it asked for.
@Suite struct HostilePickleTests {
  static let valid = Pickle.dictionary("w", Pickle.tensor(Pickle.storage(), shape: [2, 2], strides: [2, 1]))

  /// A case of a pickle in a zip archive.
  static func pickle(_ name: String, _ pickle: [UInt8], _ message: String) -> HostileCase {
    HostileCase(name, Pickle.archive(pickle).data, message)
  }

  static func call(_ module: String, _ name: String, _ argument: String) -> [UInt8] {
    Pickle.dictionary("w", Pickle.global(module, name) + Pickle.tuple(Pickle.text(argument)) + Pickle.reduce)
  }

  static func tensor(
    _ name: String, offset: Int = 0, shape: [Int], strides: [Int], storage: [UInt8] = Pickle.storage(),
    _ message: String
  ) -> HostileCase {
    let tensor = Pickle.tensor(storage, offset: offset, shape: shape, strides: strides)
    return pickle(name, Pickle.dictionary("w", tensor), message)
  }

  static let code: [HostileCase] = [
    pickle("os.system", call("os", "system", "true"), "asks for os.system, which is refused"),
    pickle("posix.system", call("posix", "system", "true"), "asks for posix.system"),
    pickle("subprocess", call("subprocess", "Popen", "true"), "asks for subprocess.Popen"),
    pickle("eval", call("builtins", "eval", "1"), "asks for builtins.eval"),
    pickle("exec of Python 2", call("__builtin__", "exec", "1"), "asks for __builtin__.exec"),
    pickle("getattr", call("builtins", "getattr", "x"), "asks for builtins.getattr"),
    pickle("import", call("importlib", "import_module", "os"), "asks for importlib.import_module"),
    pickle(
      "nested load", call("torch.storage", "_load_from_bytes", "x"), "asks for torch.storage._load_from_bytes"
    ),
    pickle("hub", call("torch.hub", "load", "x"), "asks for torch.hub.load"),
    pickle("dotted name", call("torch", "_utils.os.system", "x"), "asks for torch._utils.os.system"),
    pickle(
      "global of the stack",
      [0x80, 4] + [0x8C, 2] + Array("os".utf8) + [0x8C, 6] + Array("system".utf8) + [0x93],
      "asks for os.system"),
    pickle(
      "terminal codes", Pickle.start + Pickle.global("os\u{1B}[2J", "system"), "asks for os\u{FFFD}[2J.system"
    ),
    pickle("extension", Pickle.start + [0x82, 1], "instruction 0x82 isn't understood"),
    pickle("old instance", Pickle.start + Pickle.mark + Array("ios\nsystem\n".utf8), "instruction 0x69"),
    pickle("old protocol", Array("cos\nsystem\n(S'true'\ntR.".utf8), "protocol 2 or later"),
    pickle("protocol 6", [0x80, 6] + Pickle.stop, "protocol 6 isn't understood"),
    pickle(
      "call of a text", Pickle.start + Pickle.text("f") + Pickle.emptyTuple + Pickle.reduce,
      "a text is called"),
    pickle(
      "call of a type", Pickle.start + Pickle.global("torch", "float32") + Pickle.emptyTuple + Pickle.reduce,
      "torch.float32 is called"),
    pickle(
      "nested rebuilding",
      Pickle.start + Pickle.global("torch._tensor", "_rebuild_from_type_v2")
        + Pickle.tuple(
          Pickle.global("torch._tensor", "_rebuild_from_type_v2"), Pickle.none, Pickle.emptyTuple, Pickle.none
        )
        + Pickle.reduce, "arguments that it doesn't have"),
    pickle(
      "module with its source",
      Pickle.start + Pickle.tuple(Pickle.text("module"), Pickle.none, Pickle.none, Pickle.none)
        + Pickle.persistent,
      "whole pickled model"),
    pickle(
      "module without a program", Pickle.start + Pickle.module([("w", tensor)]) + Pickle.stop,
      "asks for __torch__.Net, which is refused"),
    script(
      "program that runs code", Pickle.start + Pickle.global("os", "system") + Pickle.stop,
      "asks for os.system"),
    script(
      "program's functions", Pickle.start + Pickle.global("torch.jit._pickle", "build_tensor") + Pickle.stop,
      "asks for torch.jit._pickle.build_tensor"),
    script("script cut short", Pickle.start, "truncated"),
    script(
      "module without tensors", Pickle.start + Pickle.module([("a", Pickle.module([]))]) + Pickle.stop,
      "a TorchScript module without tensors"),
    script(
      "module called", Pickle.start + Pickle.module([]) + Pickle.emptyTuple + Pickle.reduce + Pickle.stop,
      "a module is called"),
    script(
      "modules in modules",
      Pickle.start + (0..<150).reduce(tensor) { inner, _ in Pickle.module([("a", inner)]) } + Pickle.stop,
      "nested more than 100 deep"),
    script("names beyond measure", Pickle.start + longNames + Pickle.stop, "names take more than"),
    script(
      "two tensors of a name", Pickle.start + Pickle.module([("w", tensor), ("w", tensor)]) + Pickle.stop,
      "the name stands twice"),
  ]

  private static let tensor = Pickle.tensor(Pickle.storage(), shape: [2, 2], strides: [2, 1])

  /// A case of a pickle in a TorchScript archive.
  static func script(_ name: String, _ pickle: [UInt8], _ message: String) -> HostileCase {
    HostileCase(name, Pickle.script(pickle).data, message)
  }

  /// A thousand tensors of one long name in a module of the same name, which stands once in the file.
  private static let longNames: [UInt8] = {
    let item: [UInt8] = [0x68, 1, 0x68, 2] + Pickle.setItem
    let start = Pickle.global("__torch__", "Net") + Pickle.emptyTuple + [0x81] + Pickle.emptyDictionary
    let name = Pickle.text(String(repeating: "n", count: 40_000)) + [0x71, 1]
    let first = [0x68, 1] + tensor + [0x71, 2] + Pickle.setItem
    let inner = start + first + [[UInt8]](repeating: item, count: 1000).joined() + Pickle.build
    return start + name + inner + Pickle.setItem + Pickle.build
  }()

  static let grammar: [HostileCase] = [
    pickle("empty pickle", [], "a pickle is missing"),
    pickle("no end", Pickle.start + Pickle.emptyDictionary, "truncated"),
    pickle("nothing on the stack", Pickle.start + Pickle.stop, "a value is missing"),
    pickle("no mark", Pickle.start + Pickle.none + [0x74], "a mark is missing"),
    pickle(
      "value below the mark", Pickle.start + Pickle.none + Pickle.mark + Pickle.build, "a value is missing"),
    pickle("recall of nothing", Pickle.start + [0x68, 9] + Pickle.stop, "recalls value 9"),
    pickle("long text", Pickle.start + [0x58, 0xFF, 0xFF, 0xFF, 0xFF, 0x41], "truncated or lies"),
    pickle("longer text", Pickle.start + [0x8D] + [UInt8](repeating: 0xFF, count: 8), "truncated or lies"),
    pickle("negative length", Pickle.start + [0x8B, 0xFF, 0xFF, 0xFF, 0xFF], "truncated or lies"),
    pickle("no UTF-8", Pickle.start + [0x58, 1, 0, 0, 0, 0xFF], "isn't UTF-8"),
    pickle("global without end", Pickle.start + [0x63] + Array("collections".utf8), "truncated"),
    pickle(
      "items of a tuple", Pickle.start + Pickle.emptyTuple + Pickle.none + Pickle.none + Pickle.setItem,
      "a tuple"),
    pickle(
      "odd items", Pickle.start + Pickle.emptyDictionary + Pickle.mark + Pickle.none + [0x75], "without value"
    ),
    pickle(
      "attributes of a number", Pickle.start + Pickle.integer(1) + Pickle.none + Pickle.build, "an integer"),
    pickle("no dictionary", Pickle.start + Pickle.emptyList + Pickle.stop, "holds a list, not a dictionary"),
    pickle("no tensors", Pickle.start + Pickle.emptyDictionary + Pickle.stop, "holds no tensors"),
    pickle(
      "itself inside",
      Pickle.start + Pickle.emptyDictionary + [0x71, 0] + Pickle.text("state_dict") + [0x68, 0]
        + Pickle.setItem + Pickle.stop, "holds no tensors"),
    pickle(
      "marks without end", Pickle.start + [UInt8](repeating: 0x28, count: 1 << 21), "values at once"),
    pickle("stack without end", Pickle.start + [UInt8](repeating: 0x4E, count: 1 << 21), "values at once"),
    pickle("tuples without end", Pickle.start + [UInt8](repeating: 0x29, count: 1 << 21), "more than"),
    pickle(
      "nesting", Pickle.start + Pickle.none + [UInt8](repeating: 0x85, count: 1 << 20) + Pickle.stop,
      "holds a tuple"),
    pickle(
      "doubling",
      Pickle.start + Pickle.mark + Pickle.none
        + [UInt8]([[0x74, 0x32, 0x86]].joined()) + Array((0..<60).flatMap { _ -> [UInt8] in [0x32, 0x86] })
        + Pickle.stop, "holds a tuple"),
    pickle(
      "a name twice",
      Pickle.start + Pickle.emptyDictionary + Pickle.text("w")
        + Pickle.tensor(Pickle.storage(), shape: [1], strides: [1]) + Pickle.setItem + Pickle.text("module.w")
        + Pickle.tensor(Pickle.storage(), shape: [1], strides: [1]) + Pickle.setItem + Pickle.stop,
      "tensor \"w\": the name stands twice"),
    pickle(
      "a number for a name",
      Pickle.start + Pickle.emptyDictionary + Pickle.integer(3)
        + Pickle.tensor(Pickle.storage(), shape: [1], strides: [1]) + Pickle.setItem + Pickle.text("w")
        + Pickle.tensor(Pickle.storage(), shape: [1], strides: [1]) + Pickle.setItem + Pickle.stop,
      "name is an integer"),
  ]

  static let tensors: [HostileCase] = [
    tensor("beyond the storage", shape: [5], strides: [1], "tensor \"w\": shape [5]"),
    tensor("offset beyond the storage", offset: 3, shape: [2], strides: [1], "in a storage of 4"),
    tensor("stride beyond the storage", shape: [2, 2], strides: [3, 1], "in a storage of 4"),
    tensor("negative offset", offset: -1, shape: [2], strides: [1], "negative offset"),
    tensor("negative extent", shape: [-2, 2], strides: [2, 1], "negative extent"),
    tensor("negative stride", offset: 3, shape: [4], strides: [-1], "negative stride"),
    tensor("shape that overflows", shape: [1 << 40, 1 << 40], strides: [1, 1], "overflows"),
    tensor("stride that overflows", shape: [3], strides: [Int.max], "beyond all bounds"),
    tensor("offset that overflows", offset: Int.max, shape: [2], strides: [1], "beyond all bounds"),
    tensor("repetition", shape: [1 << 40], strides: [0], "repeats the 4 numbers"),
    tensor("too few strides", shape: [2, 2], strides: [1], "1 strides for 2 extents"),
    tensor(
      "rank", shape: [Int](repeating: 1, count: 100), strides: [Int](repeating: 1, count: 100), "100 extents"),
    tensor(
      "lying storage", shape: [5], strides: [1], storage: Pickle.storage(count: 5),
      "announces 5 numbers, but has only 16"),
    tensor(
      "storage that overflows", shape: [5], strides: [1], storage: Pickle.storage(count: Int.max), "announces"
    ),
    tensor("negative storage", shape: [1], strides: [1], storage: Pickle.storage(count: -1), "-1 numbers"),
    tensor(
      "wider type", shape: [4], strides: [1], storage: Pickle.storage(type: "DoubleStorage"),
      "has only 16 bytes"),
    tensor(
      "missing storage", shape: [1], strides: [1], storage: Pickle.storage("7"), "storage \"7\" is missing"),
    tensor(
      "path as a key", shape: [1], strides: [1], storage: Pickle.storage("../0"),
      "storage \"../0\" is missing"),
    tensor("no storage", shape: [1], strides: [1], storage: Pickle.none, "arguments that it doesn't have"),
    tensor(
      "unknown storage", shape: [1], strides: [1], storage: Pickle.storage(type: "QUInt8Storage"),
      "asks for torch.QUInt8Storage"),
    pickle(
      "identifier of no storage", Pickle.start + Pickle.tuple(Pickle.text("file")) + Pickle.persistent,
      "stands for no storage"),
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: code + grammar + tensors) func isRefusedWithItsReason(_ hostile: HostileCase) throws {
    let path = try folder.write(hostile.file, "hostile.pth")
    expectError(containing: path, hostile.message) { _ = try Checkpoint(path: path) }
  }

  @Test func theValidFileOfTheseCasesIsRead() throws {
    let path = try folder.write(Pickle.archive(Self.valid).data, "valid.pth")
    #expect(try Checkpoint(path: path)["w"]?.shape == [2, 2])
  }

  @Test func oneStorageMayNotServeForALargeFile() throws {
    // 2000 tensors of 64 KiB from one storage: far more than the file.
    var items = Pickle.start + Pickle.emptyDictionary
    for index in 0..<2000 {
      items += Pickle.text("w\(index)")
      items += Pickle.tensor(Pickle.storage(count: 1 << 14), shape: [1 << 14], strides: [1]) + Pickle.setItem
    }
    let storage = [UInt8](repeating: 0, count: 1 << 16)
    let path = try folder.write(Pickle.archive(items + Pickle.stop, storage: storage).data, "bomb.pth")
    expectError(containing: path, "it is a bomb") { _ = try Checkpoint(path: path) }
  }
}
