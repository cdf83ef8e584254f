extension StoredTensor {
  /// Numbers in single precision, row-major, and the object that they live as long as.
  public struct Floats {
    /// The numbers.
    public let values: UnsafeBufferPointer<Float>
    /// What keeps them alive: a mapped file, or memory of their own.
    public let owner: AnyObject
  }

  /// A tensor's bytes, unpacked if they were packed, and not yet converted: who looks at a checkpoint's layers needs no
  /// copy of its numbers.
  public struct Reading: @unchecked Sendable {
    fileprivate let tensor: StoredTensor
    fileprivate let stored: StorageBytes

    /// How many numbers are NaN or infinite in single precision.
    public var nonFiniteCount: Int {
      withExtendedLifetime(stored.owner) {
        NumberConversion.nonFiniteCount(
          stored.bytes, as: tensor.type, isBigEndian: tensor.isBigEndian, layout: tensor.layout)
      }
    }

    /// The numbers: where they lie if the file holds aligned single precision in row-major order, else converted into
    /// memory of their own, each time anew.
    public var floats: Floats {
      withExtendedLifetime(stored.owner) {
        if let floats = tensor.inPlace(stored) { return floats }
        let memory = FloatMemory(count: tensor.count)
        NumberConversion.convert(
          stored.bytes, as: tensor.type, isBigEndian: tensor.isBigEndian, layout: tensor.layout,
          to: memory.values)
        return Floats(values: UnsafeBufferPointer(memory.values), owner: memory)
      }
    }
  }

  /// Whether its numbers can be read in single precision.
  public var isFloat: Bool {
    switch type {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// The tensor's bytes, of which all that can fail is done. Throws ``CheckpointError`` if they are no floats of 16, 32
  /// or 64 bits, or can't be unpacked.
  public func reading() throws(CheckpointError) -> Reading {
    guard isFloat else {
      throw .content(
        path: path, tensor: name,
        reason: "\(type.rawValue) numbers can't serve as weights; F16, BF16, F32 and F64 can")
    }
    return Reading(tensor: self, stored: try storage.bytes())
  }

  /// The tensor's numbers; see ``Reading/floats``. Throws as ``reading()`` does.
  public func floats() throws(CheckpointError) -> Floats { try reading().floats }

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
