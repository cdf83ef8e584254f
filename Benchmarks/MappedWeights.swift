import Foundation
import Models
import NeuralNetwork
import Support

/// Hashed weights in files, as those of a checkpoint are: mapped, so that memory is measured as users have it.
final class MappedWeights: WeightSource {
  private let hashed = HashedWeights()

  func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    let made = hashed.parameter(name, shape)
    guard made.values.count >= 1 << 16 else { return made }
    let path = NSTemporaryDirectory() + "weights-\(UUID().uuidString)"
    do {
      // Mapped, a file needs no name any more.
      defer { unlink(path) }
      let numbers = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(made.values.baseAddress))
      try numbers.map {
        try Data(bytesNoCopy: $0, count: made.values.count * MemoryLayout<Float>.stride, deallocator: .none)
          .write(to: URL(fileURLWithPath: path))
      }
      let file = try MappedFile(path: path)
      return Parameter(name: name, shape: shape, values: file.bytes.bindMemory(to: Float.self), owner: file)
    } catch {
      print("\(name) stays in memory: \(error)")
      return made
    }
  }
}
