import Foundation

/// Makes safetensors files, good and bad.
enum SafetensorsFile {
  /// A file of a header and bytes as they are given.
  static func raw(_ header: String, data: Data = Data()) -> Data {
    let header = Data(header.utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header + data
  }

  /// The header of some tensors, the data following each other.
  static func header(_ tensors: [(name: String, type: String, shape: [Int], bytes: Int)]) -> String {
    var offset = 0
    let members = tensors.map { tensor in
      defer { offset += tensor.bytes }
      return """
        "\(tensor.name)":{"dtype":"\(tensor.type)","shape":\(tensor.shape),\
        "data_offsets":[\(offset),\(offset + tensor.bytes)]}
        """
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// A file of single-precision tensors, its header padded to eight bytes as writers do.
  static func floats(_ tensors: [(name: String, shape: [Int], values: [Float])]) -> Data {
    var text = header(tensors.map { ($0.name, "F32", $0.shape, $0.values.count * 4) })
    while text.utf8.count % 8 != 0 { text += " " }
    return raw(
      text, data: tensors.reduce(Data()) { $0 + Data($1.values.flatMap { $0.bitPattern.littleEndianBytes }) })
  }
}
