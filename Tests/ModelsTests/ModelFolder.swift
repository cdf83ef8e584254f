import Foundation

@testable import Models

/// Writes models of hashed weights as users keep them.
struct ModelFolder {
  let folder: TemporaryFolder
  static let labels = (0..<10).map { "Thing \($0)" }

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path }

  /// A small ResNet with the paper's stem, which a file alone tells.
  static let plainResNet = ResNet(block: .basic, blocks: [1, 1, 1, 1], width: 4, classes: 10)

  /// Writes an architecture's checkpoint, its tensors changed by `change`.
  @discardableResult
  func write(
    _ architecture: some Architecture, as name: String = "weights.safetensors",
    change: (inout [(name: String, shape: [Int], values: [Float])]) -> Void = { _ in }
  ) throws -> String {
    var tensors = try CheckpointFile.tensors(architecture)
    change(&tensors)
    return try folder.write(CheckpointFile.floats(tensors), name)
  }
}
