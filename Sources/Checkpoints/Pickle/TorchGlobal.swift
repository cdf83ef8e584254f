/// What a pickle may name. Pickle is a small language that can call any function of Python; a checkpoint needs only
/// the few that put tensors together, and of those only what they would return is worked out here. Nothing else is
/// understood.
enum TorchGlobal {
  /// `collections.OrderedDict` and its like.
  case dictionary(String)
  /// `torch._utils._rebuild_tensor` and its successors.
  case rebuildTensor(String)
  /// `torch._utils._rebuild_tensor_v3`, which names the type of its numbers.
  case rebuildTypedTensor
  /// `torch._utils._rebuild_parameter`, with state or without: gives its first argument.
  case rebuildParameter(String)
  /// `torch._tensor._rebuild_from_type_v2`: calls its first argument with its third.
  case rebuildFromType(String)
  /// `torch.Size`: a tuple.
  case size
  /// The class of a storage and the type of its numbers; `nil` for bytes without type.
  case storage(String, ElementType?)
  /// A type of numbers, such as `torch.float32`.
  case type(String, ElementType)
  /// A class of a TorchScript program, whose objects are modules: only their attributes are looked at.
  case module(String)
  /// A harmless class or function whose results are passed by, such as `argparse.Namespace`.
  case inert(String)

  /// What the pickle calls it.
  var name: String {
    switch self {
    case .dictionary(let name), .rebuildTensor(let name), .rebuildParameter(let name),
      .rebuildFromType(let name), .storage(let name, _), .type(let name, _), .module(let name),
      .inert(let name):
      name
    case .rebuildTypedTensor: "torch._utils._rebuild_tensor_v3"
    case .size: "torch.Size"
    }
  }

  /// The global of a module and a name, or `nil` if it isn't permitted. Only a TorchScript archive has classes of its own.
  static func permitted(module: String, name: String, inScript: Bool) -> TorchGlobal? {
    let full = "\(module).\(name)"
    if inScript {
      if full.hasPrefix("__torch__.") { return .module(full) }
      if module == "torch.jit._pickle", scriptValues.contains(name) { return .inert(full) }
    }
    switch full {
    case "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "builtins.dict",
      "__builtin__.dict":
      return .dictionary(full)
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2": return .rebuildTensor(full)
    case "torch._utils._rebuild_tensor_v3": return .rebuildTypedTensor
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
      return .rebuildParameter(full)
    case "torch._tensor._rebuild_from_type", "torch._tensor._rebuild_from_type_v2":
      return .rebuildFromType(full)
    case "torch.Size": return .size
    case "torch.storage.UntypedStorage", "torch.UntypedStorage": return .storage(full, nil)
    default: break
    }
    if module == "torch" || module == "torch.storage", let type = storageTypes[name] {
      return .storage(full, type)
    }
    if module == "torch", let type = types[name] { return .type(full, type) }
    return inert.contains(full) ? .inert(full) : nil
  }

  private static let storageTypes: [String: ElementType] = [
    "FloatStorage": .float32, "DoubleStorage": .float64, "HalfStorage": .float16,
    "BFloat16Storage": .bfloat16, "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16,
    "CharStorage": .int8, "ByteStorage": .uint8, "BoolStorage": .bool, "ComplexFloatStorage": .complex64,
    "ComplexDoubleStorage": .complex128,
  ]

  private static let types: [String: ElementType] = [
    "float32": .float32, "float": .float32, "float64": .float64, "double": .float64, "float16": .float16,
    "half": .float16, "bfloat16": .bfloat16, "int64": .int64, "long": .int64, "int32": .int32, "int": .int32,
    "int16": .int16, "short": .int16, "int8": .int8, "uint8": .uint8, "uint16": .uint16, "uint32": .uint32,
    "uint64": .uint64, "bool": .bool, "complex64": .complex64, "complex128": .complex128,
    "float8_e5m2": .float8e5m2, "float8_e4m3fn": .float8e4m3,
  ]

  /// How TorchScript writes lists and dictionaries of a certain type.
  private static let scriptValues: Set<String> = [
    "build_intlist", "build_tensorlist", "build_doublelist", "build_boollist", "build_tensor_from_id",
    "restore_type_tag",
  ]

  /// What training scripts save beside the weights, and what Python needs to say bytes and old classes.
  private static let inert: Set<String> = [
    "torch.device", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer",
    "torch.serialization._get_layout", "torch.strided", "argparse.Namespace", "types.SimpleNamespace",
    "builtins.set", "__builtin__.set", "builtins.frozenset", "builtins.list", "__builtin__.list",
    "builtins.tuple", "builtins.int", "builtins.float", "builtins.str", "builtins.bool", "builtins.bytes",
    "builtins.bytearray", "builtins.complex", "builtins.object", "__builtin__.object",
    "builtins.slice", "builtins.range", "copyreg._reconstructor", "copy_reg._reconstructor",
    "_codecs.encode", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
    "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct", "numpy.ndarray",
    "numpy.dtype", "numpy.bool_", "numpy.float32", "numpy.float64", "numpy.int32", "numpy.int64",
    "datetime.datetime", "datetime.date", "datetime.timedelta", "pathlib.Path", "pathlib.PosixPath",
    "pathlib.WindowsPath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath", "pathlib._local.PosixPath",
  ]
}
