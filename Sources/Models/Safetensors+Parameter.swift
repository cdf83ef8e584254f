public import Network
import Support

extension Safetensors {
  /// A tensor as a parameter in single precision: in place where the file holds aligned single precision, else
  /// converted into memory of its own. Throws ``ModelError`` if its numbers are no floats of 16, 32 or 64 bits.
  public func parameter(_ entry: Entry) throws(ModelError) -> Parameter {
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    // Writers pad the header to eight bytes, but the format doesn't ask for it.
    if entry.type == .float32, Int(bitPattern: bytes.baseAddress) % MemoryLayout<Float>.alignment == 0 {
      return Parameter(
        name: entry.name, shape: entry.shape, values: bytes.assumingMemoryBound(to: Float.self), owner: file)
    }
    let memory = FloatMemory(count: entry.count)
    guard WeightConversion.convert(bytes, as: entry.type, to: memory.values) else {
      throw .checkpoint(
        path: path, tensor: entry.name,
        reason: "\(entry.type.rawValue) numbers can't serve as weights; F16, BF16, F32 and F64 can")
    }
    return Parameter(
      name: entry.name, shape: entry.shape, values: UnsafeBufferPointer(memory.values), owner: memory)
  }
}
