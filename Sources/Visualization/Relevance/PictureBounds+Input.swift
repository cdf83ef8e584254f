public import Models
public import Relevance

extension PictureBounds {
  /// What pictures of numbers from 0 to 1 lie between after a model's normalization.
  public init(_ input: InputSpecification) {
    self.init(
      low: zip(input.mean, input.deviation).map { -$0 / $1 },
      high: zip(input.mean, input.deviation).map { (1 - $0) / $1 })
  }
}
