extension StoredTensor {
  /// Numbers in single precision, row-major, and the object that they live as long as.
  public struct Floats {
    /// The numbers.
    public let values: UnsafeBufferPointer<Float>
    /// What keeps them alive: a mapped file, or memory of their own.
    public let owner: AnyObject

    /// How many of them are NaN or infinite.
    public var nonFiniteCount: Int {
      var count: UInt = 0
      for value in values { count &+= value.bitPattern & 0x7F80_0000 == 0x7F80_0000 ? 1 : 0 }
      return Int(count)
    }
  }

  /// Whether its numbers can be read in single precision.
  public var isFloat: Bool {
    switch type {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// The tensor's numbers: where they lie if the file holds aligned single precision in row-major order, else
  /// converted into memory of their own. Throws ``CheckpointError`` if they are no floats of 16, 32 or 64 bits, or
  /// can't be unpacked.
  public func floats() throws(CheckpointError) -> Floats {
    guard isFloat else {
      throw .content(
        path: path, tensor: name,
        reason: "\(type.rawValue) numbers can't serve as weights; F16, BF16, F32 and F64 can")
    }
    let stored = try storage.bytes()
    return withExtendedLifetime(stored.owner) {
      if let floats = inPlace(stored) { return floats }
      let memory = FloatMemory(count: count)
      NumberConversion.convert(
        stored.bytes, as: type, isBigEndian: isBigEndian, layout: layout, to: memory.values)
      return Floats(values: UnsafeBufferPointer(memory.values), owner: memory)
    }
  }

  /// A copy of the tensor's numbers. Throws as ``floats()`` does.
  public func array() throws(CheckpointError) -> [Float] {
    let floats = try floats()
    return withExtendedLifetime(floats.owner) { Array(floats.values) }
  }

  /// Writers align tensors, but no format asks for it.
  private func inPlace(_ stored: StorageBytes) -> Floats? {
    guard type == .float32, !isBigEndian, layout.isContiguous else { return nil }
    let first = layout.offset * type.size
    let bytes = UnsafeRawBufferPointer(rebasing: stored.bytes[first..<first + count * type.size])
    guard Int(bitPattern: bytes.baseAddress) % MemoryLayout<Float>.alignment == 0 else { return nil }
    return Floats(values: bytes.assumingMemoryBound(to: Float.self), owner: stored.owner)
  }
}
