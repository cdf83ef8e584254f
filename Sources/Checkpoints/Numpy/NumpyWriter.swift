public import Foundation

/// Arrays in NumPy's format, version 1.0, as `numpy.load` reads them.
public enum NumpyWriter {
  /// The bytes of a file with an array in single precision, row-major. `values` are as many as `shape` says.
  public static func data(_ values: [Float], shape: [Int]) -> Data {
    precondition(values.count == shape.reduce(1, *), "an array has as many numbers as its shape says")
    // A tuple of one has a comma.
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extents)), }"
    // Magic, version and length are 10 bytes; the numbers begin at a multiple of 64.
    let padding = 63 - (10 + header.utf8.count) % 64
    let text = header + String(repeating: " ", count: padding) + "\n"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    withUnsafeBytes(of: UInt16(text.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: text.utf8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    return data
  }
}
