/// Reads the one dictionary of a NumPy header: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct PythonScanner {
  private typealias Fault = NumpyHeader.Fault

  private var rest: Substring.UTF8View

  /// A scanner of a text.
  init(_ bytes: UnsafeRawBufferPointer) { rest = Substring(decoding: bytes, as: UTF8.self).utf8 }

  /// Takes the dictionary; nothing but white space may follow.
  mutating func header() throws(NumpyHeader.Fault) -> (type: String, isFortran: Bool, shape: [Int]) {
    var type: String?
    var isFortran: Bool?
    var shape: [Int]?
    try expect("{")
    while !takes("}") {
      let key = try text()
      try expect(":")
      switch key {
      case "descr" where type == nil:
        guard next() != UInt8(ascii: "[") else { throw fault("holds records, not numbers") }
        type = try text()
      case "fortran_order" where isFortran == nil: isFortran = try truth()
      case "shape" where shape == nil: shape = try extents()
      default: throw fault("its header has a key \"\(key)\" that is unknown or stands twice")
      }
      if !takes(",") {
        try expect("}")
        break
      }
    }
    guard next() == nil else { throw fault("its header goes on after the dictionary") }
    guard let type, let isFortran, let shape else {
      throw fault("its header lacks descr, fortran_order or shape")
    }
    return (type, isFortran, shape)
  }

  private func fault(_ reason: String) -> NumpyHeader.Fault { NumpyHeader.Fault(reason: reason) }

  /// The next byte that isn't white space, not taken.
  private mutating func next() -> UInt8? {
    rest = rest.drop { $0 == 0x20 || $0 == 0x0A }
    return rest.first
  }

  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: mark) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(NumpyHeader.Fault) {
    guard takes(mark) else { throw fault("its header has no \"\(mark)\" where one is due") }
  }

  private mutating func text() throws(NumpyHeader.Fault) -> String {
    try expect("'")
    guard let end = rest.firstIndex(of: UInt8(ascii: "'")) else {
      throw fault("its header has a text without end")
    }
    defer { rest = rest[rest.index(after: end)...] }
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  private mutating func truth() throws(NumpyHeader.Fault) -> Bool {
    _ = next()
    for (word, value) in [("True", true), ("False", false)] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(word.utf8.count)
      return value
    }
    throw fault("its fortran_order is neither True nor False")
  }

  private mutating func extents() throws(NumpyHeader.Fault) -> [Int] {
    var extents: [Int] = []
    try expect("(")
    while !takes(")") {
      _ = next()
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let extent = Int(String(decoding: digits, as: UTF8.self)) else {
        throw fault("its shape isn't a tuple of integers without sign")
      }
      rest = rest.dropFirst(digits.count)
      // Python 2 marked long integers.
      if rest.first == UInt8(ascii: "L") { rest.removeFirst() }
      extents.append(extent)
      if !takes(",") {
        try expect(")")
        break
      }
    }
    return extents
  }
}
