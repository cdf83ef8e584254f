import Checkpoints
import Imaging
import Tensor
import Testing

@testable import Models

@Suite struct InputSpecificationTests {
  @Test func normalizationIsPerChannelAndUndone() {
    let input = InputSpecification(size: 1, mean: [0.1, 0.2, 0.3], deviation: [1, 2, 4])
    var values: [Float] = [1.1, 0.2, -3.7, 0.1, 4.2, 0.3]
    let original = values
    input.normalize(&values)
    #expect(zip(values, [1, 0, -1, 0, 2, 0] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
    input.denormalize(&values)
    #expect(zip(values, original).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func theUsualCropIsImageNets() {
    #expect(InputSpecification().resize == 256)
    #expect(InputSpecification(size: 224).count == 150_528)
  }

  /// Against torchvision on PIL: tools/golden_models.py.
  @Test(arguments: InputSpecification.Interpolation.allCases)
  func picturesArePreparedAsTorchvisionDoes(_ interpolation: InputSpecification.Interpolation) throws {
    let (width, height) = (53, 37)
    var hash = SplitMix64(state: SplitMix64.hash("picture"))
    var image = Image(width: width, height: height, channels: 3, filledWith: 0)
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 { image[channel, y, x] = Float(hash.next() >> 56) / 255 }
      }
    }
    let input = InputSpecification(size: 16, resize: 20, interpolation: interpolation)
    let golden = try Checkpoint(path: GoldenNetwork.path("prepare"))
    let expected = try #require(golden[interpolation.rawValue]).array()
    let prepared = input.prepare(image)
    #expect(prepared.count == expected.count)
    let worst = zip(prepared, expected).map { abs($0 - $1) }.max() ?? 1
    #expect(worst <= 1.01 / 255)
  }
}
