import COneDNN

/// A kernel of oneDNN, planned for fixed shapes.
final class Primitive {
  let handle: OpaquePointer

  /// Calls one of the shim's planning functions; its words become the error.
  init(
    node: String, _ plan: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<CChar>) -> Int32
  ) throws(NetworkError) {
    var made: OpaquePointer?
    var words = [CChar](repeating: 0, count: Int(VDNN_ERROR_SIZE))
    let status = words.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { plan(&made, $0) } ?? 1
    }
    guard status == 0, let made else { throw .kernel(node: node, reason: text(words)) }
    handle = made
  }

  deinit { vdnn_free(handle) }

  /// The implementation that oneDNN chose.
  var name: String { String(cString: vdnn_name(handle)) }

  /// Whether it is oneDNN's slow loop for what it has no kernel for.
  var isReference: Bool { name.hasPrefix("ref") }

  /// Says where the numbers lie.
  func bind(
    _ source: UnsafePointer<Float>, _ destination: UnsafeMutablePointer<Float>,
    addend: UnsafePointer<Float>? = nil, node: String
  ) throws(NetworkError) {
    var words = [CChar](repeating: 0, count: Int(VDNN_ERROR_SIZE))
    let status = words.withUnsafeMutableBufferPointer {
      vdnn_bind(handle, source, destination, addend, $0.baseAddress)
    }
    guard status == 0 else { throw .kernel(node: node, reason: text(words)) }
  }

  func run() -> Int32 { vdnn_run(handle) }
}

private func text(_ words: [CChar]) -> String {
  String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension Primitive {
  /// A change of layout from one value to another of the same shape.
  static func reorder(
    _ source: Value, _ destination: Value, accumulate: Bool = false, node: String
  ) throws(NetworkError) -> Primitive {
    var (from, to) = (source.extents.map, destination.extents.map)
    let primitive = try Primitive(node: node) { vdnn_reorder(&from, &to, accumulate ? 1 : 0, $0, $1) }
    try primitive.bind(source.start, destination.start, node: node)
    return primitive
  }
}
