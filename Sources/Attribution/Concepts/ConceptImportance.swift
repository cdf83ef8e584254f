import Models
import NeuralNetwork
import Tensor

/// How much each concept matters for a class's score: its amount in each picture is scaled by masks, the features are
/// rebuilt, and the classifier's answer is taken apart by Sobol's total indices (CRAFT, section 3.3).
struct ConceptImportance {
  private let head: ClassifierHead

  init(model: Model, batch: Int, options: Executor.Options) throws {
    head = try ClassifierHead(model, batch: batch * 8, gradient: false, options: options)
  }

  /// The mean over pictures of each concept's total index. `features` are the pictures', row after row.
  func measure(
    _ factors: NonnegativeFactorization, of features: [Float], class classIndex: Int, designs: Int,
    progress: (Int) throws -> Void
  ) throws -> [Double] {
    let rank = factors.rank
    let codes = factors.encode(features)
    let pictures = codes.count / rank
    var sums = [Double](repeating: 0, count: rank)
    for picture in 0..<pictures {
      let amounts = codes[picture * rank..<(picture + 1) * rank]
      let indices = try SobolIndices.total(count: rank, designs: designs) { masks in
        var scores = [Double](repeating: 0, count: masks.count / rank)
        try head.scores(of: factors.rebuild(masks, scaledBy: Array(amounts))) { row, values in
          scores[row] = Double(values[classIndex])
        }
        return scores
      }
      for concept in 0..<rank { sums[concept] += indices[concept] }
      try progress(picture + 1)
    }
    return sums.map { $0 / Double(pictures) }
  }
}
