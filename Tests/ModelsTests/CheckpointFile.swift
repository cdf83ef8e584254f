import Foundation
import NeuralNetwork

@testable import Models

/// Makes safetensors files, good and bad.
enum CheckpointFile {
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
      text, data: tensors.reduce(Data()) { $0 + Data($1.values.flatMap { littleEndian($0.bitPattern) }) })
  }

  /// The tensors of an architecture with hashed weights.
  static func tensors(_ architecture: some Architecture) throws -> [(
    name: String, shape: [Int], values: [Float]
  )] {
    let recorder = RecordingWeights()
    var builder = GraphBuilder(size: architecture.inputSize, weights: recorder)
    _ = try architecture.build(&builder)
    return recorder.tensors
  }

  static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private final class RecordingWeights: WeightSource {
    var tensors: [(name: String, shape: [Int], values: [Float])] = []

    func parameter(_ name: String, _ shape: [Int]) -> Parameter {
      let parameter = HashedWeights().parameter(name, shape)
      tensors.append((name, shape, Array(parameter.values)))
      return parameter
    }
  }
}
