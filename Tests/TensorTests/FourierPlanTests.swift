import CKernels
import Foundation
import Testing

@testable import Tensor

@Suite struct FourierPlanTests {
  /// Probes of SciPy's results, made by tools/golden_fourier.py.
  struct Golden: Decodable {
    let height: Int
    let width: Int
    let norm: FourierPlan.Normalization
    let spectrum: [[Double]]
    let picture: [[Double]]
  }

  static let golden: [Golden] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../Fixtures/fourier.json")
    let data = (try? Data(contentsOf: url)) ?? Data()
    return (try? JSONDecoder().decode([Golden].self, from: data)) ?? []
  }()

  /// Numbers in [-1, 1), as the script draws them.
  static func draw(_ seed: Int, _ count: Int) -> [Float] {
    var source = SplitMix64(state: UInt64(seed))
    return (0..<count).map { _ in Float(source.next() >> 40) * 0x1p-23 - 1 }
  }

  @Test func thereAreGoldenValues() { #expect(Self.golden.count == 22) }

  @Test(arguments: golden.indices) func agreesWithSciPy(index: Int) {
    let golden = Self.golden[index]
    let (height, width) = (golden.height, golden.width)
    let plan = FourierPlan(height: height, width: width, normalization: golden.norm)
    let seed = 1000 * height + width
    let spectrum = plan.transform(Self.draw(seed, plan.pictureCount))
    let picture = plan.inverse(Self.draw(seed + 1, plan.spectrumCount))
    // Single precision grows with the root of the sum's length; values are about the norm's factor times its root.
    let scale = { (count: Int) in 2e-6 * max(1, Double(count).squareRoot()) }
    let forward =
      golden.norm == .backward
      ? 1 : golden.norm == .ortho ? Double(height * width).squareRoot() : Double(height * width)
    for probe in golden.spectrum {
      let place = Int(probe[0]) * plan.halfWidth + Int(probe[1])
      let tolerance = scale(height * width) / forward
      #expect(abs(Double(spectrum[place]) - probe[2]) < tolerance)
      #expect(abs(Double(spectrum[height * plan.halfWidth + place]) - probe[3]) < tolerance)
    }
    let backward = Double(height * width) / forward
    for probe in golden.picture {
      let value = Double(picture[Int(probe[0]) * width + Int(probe[1])])
      #expect(abs(value - probe[2]) < 2 * scale(height * width) / backward)
    }
  }

  // From 256 pixels on the fast transform, but for sizes with a large prime factor, such as 257 and 274.
  static let sizes = [
    (7, 7), (8, 6), (8, 7), (1, 1), (96, 96), (224, 224), (31, 64), (1, 256), (273, 1), (256, 299),
    (330, 273), (257, 256),
    (40, 274),
  ]

  /// The fast transform is the product with matrices, at all radices, with rows and columns that don't fill a block.
  @Test(arguments: [
    (1, 1), (1, 2), (2, 1), (3, 4), (4, 8), (5, 7), (6, 9), (11, 13), (16, 30), (33, 32), (49, 143),
    (64, 100), (121, 169),
  ])
  func fastTransformIsThatOfMatrices(height: Int, width: Int) throws {
    let matrices = FourierPlan(
      height, width, 2, .ortho, MatrixTransform(height: height, width: width))
    let fast = FourierPlan(
      height, width, 2, .ortho, try #require(FastTransform(height: height, width: width)))
    let picture = Self.draw(5, fast.pictureCount)
    let spectrum = Self.draw(6, fast.spectrumCount)
    for (one, other) in [
      (fast.transform(picture), matrices.transform(picture)),
      (fast.inverse(spectrum), matrices.inverse(spectrum)),
      (fast.transformAdjoint(spectrum), matrices.transformAdjoint(spectrum)),
      (fast.inverseAdjoint(picture), matrices.inverseAdjoint(picture)),
    ] {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func largePrimesHaveNoFastTransform() {
    #expect(FastTransform(height: 17, width: 16) == nil)
    #expect(FastTransform(height: 1024, width: 2 * 19) == nil)
  }

  /// On any number of threads, to the bit.
  @Test func threadsDoNotMatter() {
    let plan = FourierPlan(height: 260, width: 256, channels: 2)
    let picture = Self.draw(7, plan.pictureCount)
    let former = vitrine_set_threads(1)
    defer { vitrine_set_threads(former) }
    let one = plan.transform(picture)
    vitrine_set_threads(3)
    #expect(plan.transform(picture) == one)
    #expect(
      plan.inverse(one)
        == {
          vitrine_set_threads(1); return plan.inverse(one)
        }())
  }

  /// <A x, y> = <x, Aᵀ y> for both maps, with three channels and every normalization.
  @Test(arguments: sizes) func adjointsAreExact(height: Int, width: Int) {
    for norm in [FourierPlan.Normalization.backward, .ortho, .forward] {
      let plan = FourierPlan(height: height, width: width, channels: 3, normalization: norm)
      let picture = Self.draw(1, plan.pictureCount)
      let spectrum = Self.draw(2, plan.spectrumCount)
      expectEqual(dot(plan.transform(picture), spectrum), dot(picture, plan.transformAdjoint(spectrum)))
      expectEqual(dot(plan.inverse(spectrum), picture), dot(spectrum, plan.inverseAdjoint(picture)))
    }
  }

  @Test(arguments: sizes) func inverseUndoesTransform(height: Int, width: Int) {
    let plan = FourierPlan(height: height, width: width, channels: 2, normalization: .ortho)
    let picture = Self.draw(3, plan.pictureCount)
    let again = plan.inverse(plan.transform(picture))
    #expect(zip(picture, again).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  /// No picture depends on the imaginary parts of self-conjugate bins, and other columns count twice (pitfall 1 of the
  /// design's methods): on a constant gradient the two rules can be read off.
  @Test func halfSpectrumRules() {
    let plan = FourierPlan(height: 1, width: 4)
    // inverse: x[w] = (re0 + 2 re1 cos(πw/2) - 2 im1 sin(πw/2) + re2 (-1)^w) / 4
    #expect(zip(plan.inverse([0, 1, 0, 0, 0, 0]), [0.5, 0, -0.5, 0]).allSatisfy { abs($0 - $1) < 1e-7 })
    #expect(plan.inverse([0, 0, 0, 7, 0, 9]) == [0, 0, 0, 0])
    #expect(plan.inverseAdjoint([1, 0, 0, 0]) == [0.25, 0.5, 0.25, 0, 0, 0])
  }

  @Test func frequenciesAreThoseOfFFTFreq() {
    #expect(FourierPlan(height: 3, width: 4).frequencies.prefix(3) == [0, 0.25, 0.5])
    let odd = FourierPlan(height: 4, width: 5).frequencies
    #expect(odd[3 * 3] == 0.25 && odd[2 * 3] == 0.5)
    #expect(abs(odd[3 + 2] - Float(0.25 * 0.25 + 0.4 * 0.4).squareRoot()) < 1e-7)
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private func expectEqual(_ a: Double, _ b: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(abs(a - b) <= 1e-5 * max(abs(a), 0.1), "\(a) and \(b)", sourceLocation: sourceLocation)
  }
}
