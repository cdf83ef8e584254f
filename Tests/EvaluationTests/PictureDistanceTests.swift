import Foundation
import Imaging
import Testing

@testable import Evaluation

@Suite struct PictureDistanceTests {
  /// The two pictures of tools/golden_similarity.py.
  private func pictures() -> (Image, Image) {
    var a = Image(width: 31, height: 23, channels: 3, filledWith: 0)
    var b = a
    for c in 0..<3 {
      for y in 0..<23 {
        for x in 0..<31 {
          let (u, v) = (Double(x), Double(y))
          a[c, y, x] = Float(0.5 + 0.4 * sin(u / (2 + Double(c)) + v / 3))
          b[c, y, x] = Float(Double(a[c, y, x]) + 0.1 * cos(u * 1.7 + Double(c)) * sin(v * 0.9))
        }
      }
    }
    return (a, b)
  }

  @Test func asSciPy() throws {
    let (a, b) = pictures()
    let distance = try PictureDistance(a, b)
    #expect(abs(distance.maximum - 0.09840649366378784) < 1e-7)
    #expect(abs(distance.euclidean - 2.2750910540439198) < 1e-6)
    #expect(abs(distance.rootMeanSquare - 0.049191876584673756) < 1e-8)
    #expect(abs(try #require(distance.peakRatio) - 26.16213219088566) < 1e-6)
    #expect(abs(distance.similarity - 0.9544981057462625) < 1e-7)
    #expect(abs(distance.changed - 0.8821879382889201) < 1e-12)
  }

  @Test func equalPictures() throws {
    let (a, _) = pictures()
    let distance = try PictureDistance(a, a)
    #expect(distance.maximum == 0 && distance.euclidean == 0 && distance.changed == 0)
    #expect(distance.peakRatio == nil)
    #expect(abs(distance.similarity - 1) < 1e-12)
  }

  /// A change below half a level is gone in the file.
  @Test func invisibleChange() throws {
    let a = Image(width: 11, height: 11, channels: 1, filledWith: 0.4)
    let b = Image(width: 11, height: 11, channels: 1, filledWith: 0.4 + 0.3 / 255)
    let distance = try PictureDistance(a, b)
    #expect(distance.changed == 0 && distance.maximum > 0)
  }

  @Test func incomparablePictures() {
    let a = Image(width: 11, height: 11, channels: 1, filledWith: 0)
    #expect(throws: EvaluationError.incomparable("one has 1 × 11 × 11 numbers, the other 3 × 11 × 11")) {
      try PictureDistance(a, Image(width: 11, height: 11, channels: 3, filledWith: 0))
    }
    let small = Image(width: 10, height: 11, channels: 1, filledWith: 0)
    #expect(throws: EvaluationError.incomparable("10 × 11 pixels are less than a window of 11 × 11")) {
      try PictureDistance(small, small)
    }
  }
}
