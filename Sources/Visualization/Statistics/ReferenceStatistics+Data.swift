public import Foundation

/// Binary form: eight bytes `VTRSTAT1`, the length of a JSON header as a 64-bit number, the header, and the
/// quantiles of all layers as 32-bit floats; numbers are little-endian.
extension ReferenceStatistics {
  private struct Header: Codable {
    struct Layer: Codable {
      var name: String
      var channels: Int
      var positions: Int
    }
    var weightsHash: String
    var count: Int
    var layers: [Layer]
  }

  private static let magic = Data("VTRSTAT1".utf8)

  /// The statistics as bytes for a file.
  public var data: Data {
    let header = Header(
      weightsHash: weightsHash, count: count,
      layers: layers.map { .init(name: $0.name, channels: $0.channels, positions: $0.positions) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Texts and whole numbers can always be encoded.
    let json = (try? encoder.encode(header)) ?? Data()
    var data = Self.magic
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(json)
    for layer in layers {
      for value in layer.quantiles {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
    }
    return data
  }

  /// Reads what ``data`` wrote. Throws ``VisualizationError`` for anything else.
  public init(data: Data) throws(VisualizationError) {
    let bytes = [UInt8](data)
    let prefix = Self.magic.count + 8
    guard bytes.count >= prefix, bytes.starts(with: Self.magic) else {
      throw .statisticsUnreadable(reason: "they don't begin with VTRSTAT1")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[Self.magic.count + $1]) << (8 * UInt64($1)) }
    guard length <= UInt64(bytes.count - prefix) else {
      throw .statisticsUnreadable(reason: "they are cut off")
    }
    let body = prefix + Int(length)
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[prefix..<body])) else {
      throw .statisticsUnreadable(reason: "their header isn't understood")
    }
    var position = body
    var layers: [Layer] = []
    for layer in header.layers {
      let (count, overflow) = layer.channels.multipliedReportingOverflow(by: layer.positions)
      guard layer.channels > 0, layer.positions > 0, !overflow, count <= (bytes.count - position) / 4 else {
        throw .statisticsUnreadable(reason: "layer \(layer.name) is cut off")
      }
      let quantiles = (0..<count).map { index in
        let at = position + 4 * index
        return Float(
          bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) })
      }
      position += 4 * count
      layers.append(
        Layer(name: layer.name, channels: layer.channels, positions: layer.positions, quantiles: quantiles))
    }
    guard position == bytes.count else {
      throw .statisticsUnreadable(reason: "there is something after their end")
    }
    self.init(weightsHash: header.weightsHash, count: header.count, layers: layers)
  }
}

extension ReferenceStatistics: Codable {
  /// Reads ``data`` as one value.
  public init(from decoder: any Decoder) throws {
    try self.init(data: try decoder.singleValueContainer().decode(Data.self))
  }

  /// Writes ``data`` as one value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(data)
  }
}
