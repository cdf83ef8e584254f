import Foundation
import Support
import Testing

@testable import Checkpoints

@Suite struct NumpyWriterTests {
  @Test(arguments: [[6], [2, 3], [1, 2, 3]]) func whatIsWrittenIsRead(_ shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let values: [Float] = [1, -2, 0.5, 3e-9, .greatestFiniteMagnitude, -0.0]
    let data = NumpyWriter.data(values, shape: shape)
    // NumPy wants the numbers at a multiple of 64 bytes.
    #expect((data.count - 4 * values.count) % 64 == 0)
    let path = folder.path + "/array.npy"
    try data.write(to: URL(fileURLWithPath: path))
    let tensor = try #require(try Checkpoint(path: path).tensors.first)
    #expect(tensor.shape == shape)
    #expect(try tensor.array() == values)
  }
}
