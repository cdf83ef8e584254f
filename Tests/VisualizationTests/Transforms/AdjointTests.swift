import Tensor
import Testing

@testable import Visualization

/// ⟨T x − T 0, y⟩ = ⟨x, Tᵀ y⟩ for every transform, at even, odd and oblong sizes, with parameters drawn anew.
@Suite struct AdjointTests {
  static let shapes = [
    BatchShape(count: 3, channels: 3, height: 13, width: 13),
    BatchShape(count: 2, channels: 3, height: 24, width: 17),
    BatchShape(count: 2, channels: 3, height: 16, width: 16),
    BatchShape(count: 1, channels: 3, height: 1, width: 5),
    // So high that each thread's share of the rows is worked some rows at a time.
    BatchShape(count: 1, channels: 3, height: 150, width: 19),
  ]

  static let transforms: [(name: String, transform: any Transform)] = [
    ("identity", Identity()), ("repeat", Repeat(copies: 3)), ("jitter", Jitter(limit: 5)),
    ("pad", Pad(border: 3, fill: [0.5, 0.4, 0.3])),
    ("larger crop", CenterCrop(height: 31, width: 8, fill: [1, 0, 0])),
    ("crop", CenterCrop(height: 1, width: 3, fill: [0, 0, 0])),
    ("flip", RandomFlip(probability: 0.5)),
    ("rotation", RandomRotation(angles: .range(-40...40), fill: [0.5, 0.4, 0.3])),
    ("scale", RandomScale(factors: [0.8, 1, 1.3], fill: [0, 0, 1])),
    ("perspective", RandomPerspective(distortion: 0.7, probability: 0.8, fill: [0.2, 0.1, 0])),
    ("crop and resize", RandomResizedCrop(scale: 0.08...1, ratio: 0.75...4.0 / 3)),
    ("several crops", RandomResizedCrop(scale: 0.08...1, ratio: 0.75...4.0 / 3, copies: 3)),
    ("blur", GaussianBlur(kernel: 9, deviation: 0.1...2)),
    ("grayscale", RandomGrayscale(probability: 0.5)),
    ("normalize", Normalize(mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.25])),
    ("noise", Noise(deviation: 0.3, width: 0.1)),
    ("colour shift", ColourShift(brightness: 1, contrast: 1)), ("enlarge", Enlarge(height: 31, width: 40)),
    ("together", Together(RandomFlip(probability: 0.5))),
    ("Horama's crop", HoramaCrop(size: 12, side: .normal(mean: 0.4, deviation: 0.3), centreDeviation: 0.3)),
    (
      "Horama's crops",
      HoramaCrop(size: 12, side: .normal(mean: 0.4, deviation: 0.3), centreDeviation: 0.3, copies: 4)
    ),
  ]

  @Test(arguments: transforms.indices) func adjointIsExact(index: Int) {
    let (name, transform) = Self.transforms[index]
    for shape in Self.shapes {
      let stage = transform.stage(for: shape)
      var random = RandomSource(seed: 7, label: name)
      for round in 0..<8 {
        stage.draw(from: &random)
        let x = randomNumbers(shape.total, seed: UInt64(round))
        let y = randomNumbers(stage.output.total, seed: UInt64(100 + round))
        let shift = stage.applied(to: [Float](repeating: 0, count: shape.total))
        let linear = zip(stage.applied(to: x), shift).map { $0 - $1 }
        let (forward, backward) = (dot(linear, y), dot(x, stage.adjoint(of: y)))
        let scale = max(norm(linear) * norm(y), 1)
        #expect(abs(forward - backward) <= 1e-5 * scale, "\(name) at \(shape), round \(round)")
      }
    }
  }

  @Test func pipelineComposesAdjoints() {
    let input = BatchShape(count: 1, channels: 3, height: 21, width: 21)
    let pipeline = TransformPipeline(
      [
        Repeat(copies: 4), RandomResizedCrop(scale: 0.2...1, ratio: 0.75...1.25),
        RandomFlip(probability: 0.5),
        RandomRotation(angles: .range(-30...30), fill: [0, 0, 0]),
        RandomPerspective(distortion: 0.5, probability: 0.5, fill: [0, 0, 0]),
        GaussianBlur(kernel: 5, deviation: 0.1...2), RandomGrayscale(probability: 0.5),
      ], input: input)
    var random = RandomSource(seed: 3)
    pipeline.draw(from: &random)
    let x = randomNumbers(input.total)
    let y = randomNumbers(pipeline.output.total, seed: 2)
    var (forward, backward) = (y, x)
    pipeline.apply(x, to: &forward)
    pipeline.adjoint(y, to: &backward)
    #expect(abs(dot(forward, y) - dot(x, backward)) < 1e-5 * norm(forward) * norm(y))
  }

  /// Several parts of a picture are what the same parts of its copies are, to the bit, and so are their gradients.
  @Test func partsOfAPictureAreThoseOfItsCopies() {
    let side = HoramaCrop.Side.normal(mean: 0.4, deviation: 0.3)
    let pairs: [(any Transform, any Transform)] = [
      (
        HoramaCrop(size: 12, side: side, centreDeviation: 0.3, copies: 5),
        HoramaCrop(size: 12, side: side, centreDeviation: 0.3)
      ),
      (
        RandomResizedCrop(scale: 0.08...1, ratio: 0.75...1.3, copies: 5),
        RandomResizedCrop(scale: 0.08...1, ratio: 0.75...1.3)
      ),
    ]
    for input in Self.shapes {
      for (several, one) in pairs {
        let direct = TransformPipeline([several], input: input)
        let copied = TransformPipeline([Repeat(copies: 5), one], input: input)
        #expect(direct.output == copied.output)
        let x = randomNumbers(input.total)
        let y = randomNumbers(direct.output.total, seed: 2)
        let results = [direct, copied].map { pipeline in
          var random = RandomSource(seed: 9)
          pipeline.draw(from: &random)
          var (forward, backward) = (y, x)
          pipeline.apply(x, to: &forward)
          pipeline.adjoint(y, to: &backward)
          return [forward, backward]
        }
        #expect(results[0] == results[1])
      }
    }
  }

  @Test func sameSeedDrawsTheSame() {
    let shape = BatchShape(count: 4, channels: 3, height: 20, width: 20)
    let x = randomNumbers(shape.total)
    for (name, transform) in Self.transforms {
      var results: [[Float]] = []
      for _ in 0..<2 {
        let stage = transform.stage(for: shape)
        var random = RandomSource(seed: 11)
        stage.draw(from: &random)
        results.append(stage.applied(to: x))
      }
      #expect(results[0] == results[1], "\(name)")
    }
  }
}
