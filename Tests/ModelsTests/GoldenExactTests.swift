import Checkpoints
import NeuralNetwork
import Testing

@testable import Models

/// The gradients of networks some of whose units always lie within rounding of a kink, against PyTorch in double
/// precision (tools/golden_models.py, `make_exact`). Where rounding decides on which side of its ReLU or maximum a unit
/// falls, no single precision can hold the engine's 10⁻³: so ours must be as near to the truth as PyTorch's own single
/// precision is, on pictures that nobody chose. Each fixture holds PyTorch's distances, relative, for its pictures.
///
/// Measured, as the root of the mean square over the pictures, ours and PyTorch's in thousandths: ResNet-50 4.0 and 4.3,
/// DenseNet-121 0.5 and 0.4, ResNeXt-50 1.2 and 0.6, Wide ResNet-50-2 3.9 and 3.0, VGG-16 14.9 and 5.6, GoogLeNet 4.4 and
/// 2.0, Inception v3 4.2 and 3.4, timm's ResNet-50 v2 0.9 and 2.6. Winograd's 3×3 convolutions round a few times as
/// much as direct sums, so that a few times as many units change sides: without them VGG-16 has 6.1 to PyTorch's 5.8 over
/// eight pictures, and ResNet-50 2.3 to 3.4.
@Suite(.serialized) struct GoldenExactTests {
  /// Fixtures of ``GoldenMemberTests``, by name and input size.
  static let members = [
    "resnext50": 224, "wide-resnet50": 224, "vgg16": 224, "googlenet-97": 97, "inception-v3": 299,
    "timm-resnetv2-50": 224,
  ]

  @Test func resNet50() throws { try expectExact("resnet50", GoldenTests.resNet50, size: 224) }

  @Test func denseNet121() throws { try expectExact("densenet121", GoldenFamilyTests.densenet121, size: 224) }

  @Test(arguments: members) func member(_ name: String, _ size: Int) throws {
    try expectExact(name, try GoldenMemberTests.network(name), size: size)
  }

  /// Ours is no farther from double precision than four times PyTorch's single precision, or 10⁻³, whichever is larger:
  /// both as the root of the mean square over the pictures, since where one of the two is lucky the other may not be.
  private func expectExact(_ name: String, _ architecture: some Architecture, size: Int) throws {
    let file = try Checkpoint(path: GoldenNetwork.path("\(name)-exact"))
    let single = try #require(file.metadata["single"]).split(separator: " ").compactMap { Double($0) }
    let classIndex = try #require(file.metadata["class"].flatMap { Int($0) })
    let model = try Model.hashed(architecture, input: InputSpecification(size: size))
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: [model.logits], options: .init(threads: 1))
    var ours: [Double] = []
    for index in single.indices {
      _ = executor.input.update(
        fromContentsOf: HashedWeights.numbers("input:\(index)", count: model.input.count))
      try executor.forward()
      executor.seed(of: model.logits).update(repeating: 0)
      executor.seed(of: model.logits)[classIndex] = 1
      try executor.backward(from: [model.logits])
      let stored = try #require(file["gradient/\(index)"]).array()
      ours.append(GoldenNetwork.difference(stored, name: "gradient", from: executor.inputGradient).distance)
    }
    func typical(_ distances: [Double]) -> Double {
      (distances.reduce(0) { $0 + $1 * $1 } / Double(distances.count)).squareRoot()
    }
    #expect(single.count == 4)
    #expect(typical(ours) <= max(1e-3, 4 * typical(single)), "ours \(ours), PyTorch's \(single)")
  }
}
