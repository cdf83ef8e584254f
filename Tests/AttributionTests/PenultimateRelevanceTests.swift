import Models
import Network
import Testing

@testable import Attribution

@Suite struct PenultimateRelevanceTests {
  /// For a linear classifier the relevance is activation × weight: computed here by hand.
  @Test(arguments: ["resnet", "vit"]) func isActivationTimesWeight(name: String) throws {
    let model = try name == "vit" ? TestModels.visionTransformer() : TestModels.resNet()
    let relevance = try PenultimateRelevance.measure(
      model, class: 3, count: 7, batch: 4, picture: TestModels.picture)
    guard case .linear(let linear) = model.graph[model.logits].operation else {
      Issue.record("the classifier isn't linear")
      return
    }
    let features = linear.weight.shape[1]
    var rows: [[Double]] = []
    var scores: [Double] = []
    try PictureRunner(model: model, taps: [model.penultimate, model.logits], batch: 1)
      .run(count: 7, picture: TestModels.picture) { _, value in
        rows.append(
          value(model.penultimate).enumerated().map { Double($1 * linear.weight.values[3 * features + $0]) })
        scores.append(Double(value(model.logits)[3]))
      }
    #expect(relevance.channels.count == features && relevance.count == 7)
    for channel in relevance.channels {
      let values = rows.map { $0[channel.index] }
      let mean = values.reduce(0, +) / 7
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 7).squareRoot()
      #expect(abs(channel.mean - mean) < 1e-4 * max(1, abs(mean)))
      #expect(abs(channel.spread - spread) < 1e-4 * max(1, spread))
    }
    // Evidence and bias make up the score.
    let bias = Double(linear.bias?.values[3] ?? 0)
    let sum = relevance.channels.reduce(bias) { $0 + $1.mean }
    let score = scores.reduce(0, +) / 7
    #expect(abs(sum - score) < 1e-3 * max(1, abs(score)))
  }

  @Test func sharesAndOrder() throws {
    let relevance = try PenultimateRelevance.measure(
      try TestModels.resNet(), class: 0, count: 3, picture: TestModels.picture)
    #expect(relevance.layer == "layer4")
    let channels = relevance.channels
    #expect(zip(channels, channels.dropFirst()).allSatisfy { $0.mean >= $1.mean })
    #expect(abs(channels.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(channels.allSatisfy { $0.mean > 0 || $0.share == 0 })
    #expect(relevance.top(3).count == 3 && relevance.top(3).first == channels.first)
  }

  @Test func withoutPictures() {
    #expect(throws: AttributionError.noPictures("the relevance of channels")) {
      try PenultimateRelevance.measure(
        try TestModels.resNet(), class: 0, count: 0, picture: TestModels.picture)
    }
  }

  @Test func progressEndsTheWork() {
    #expect(throws: CancellationError.self) {
      try PenultimateRelevance.measure(
        try TestModels.resNet(), class: 0, count: 5, picture: TestModels.picture
      ) { if $0.done == 2 { throw CancellationError() } }
    }
  }

  @Test func picturesOfAnotherSize() throws {
    let model = try TestModels.resNet()
    #expect(
      throws: NetworkError.shape(
        node: "input", reason: "a picture has 5 numbers, and tiny-resnet takes 3072")
    ) {
      try PenultimateRelevance.measure(
        model, class: 0, count: 1, picture: { _ in [Float](repeating: 0, count: 5) })
    }
  }
}
