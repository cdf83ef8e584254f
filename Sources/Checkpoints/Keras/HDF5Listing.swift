import CHDF5
import Foundation
import Support

/// What an HDF5 file holds, as libhdf5 lists it in a process of its own; see CHDF5.h. The list is taken for no more
/// than a hint: every number in it is checked against the file.
struct HDF5Listing {
  /// Whether the group of weights has the attribute by which Keras 2 orders its layers.
  private(set) var hasLayerNames = false
  /// The names of Keras 3's layers by the paths of their groups `vars`.
  private(set) var layers: [String: String] = [:]
  /// The arrays in the order of libhdf5.
  private(set) var datasets: [HDF5Dataset] = []

  /// Longest time that libhdf5 may take.
  private static let seconds: Int32 = 20
  /// Beside the file's own size: libhdf5's own tables, and the list.
  private static let memory = 128 << 20

  /// Lists a file. Throws ``CheckpointError``.
  init(_ file: MappedFile) throws(CheckpointError) {
    var list: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(VITRINE_HDF5_MESSAGE))
    let status = vitrine_hdf5_list(
      file.path, Self.memory + file.bytes.count, Self.seconds, &list, &count, &message)
    defer { free(list) }
    guard status == 0 else {
      let end = message.firstIndex(of: 0) ?? message.endIndex
      throw file.fault(String(decoding: message[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    var cursor = ByteCursor(UnsafeRawBufferPointer(start: list, count: count))
    while true {
      switch cursor.number(UInt64.self).map({ Int(truncatingIfNeeded: $0) }) {
      case Int(VITRINE_HDF5_END)?: return
      case Int(VITRINE_HDF5_ERROR)?:
        throw file.fault(
          "is an HDF5 file that can't be read: \(HDF5Dataset.text(&cursor) ?? "it is damaged")")
      case Int(VITRINE_HDF5_KERAS)?: hasLayerNames = cursor.number(UInt64.self) == 1
      case Int(VITRINE_HDF5_LAYER)?:
        guard let path = HDF5Dataset.text(&cursor), let name = HDF5Dataset.text(&cursor) else {
          throw Self.broken(file)
        }
        layers[path] = name
      case Int(VITRINE_HDF5_DATASET)?:
        guard let dataset = HDF5Dataset(&cursor) else { throw Self.broken(file) }
        datasets.append(dataset)
        guard datasets.count <= CheckpointLimits.mostTensors else {
          throw file.fault("holds more than \(CheckpointLimits.mostTensors) arrays")
        }
      default: throw Self.broken(file)
      }
    }
  }

  private static func broken(_ file: MappedFile) -> CheckpointError {
    file.fault("is an HDF5 file on which libhdf5 breaks down: it is damaged or hostile")
  }
}
