public import Imaging

/// What a model says of a finished picture, read back from its 8-bit file.
public struct Judgement: Sendable, Equatable {
  /// The judging model's name.
  public let model: String
  /// The most probable classes, most probable first.
  public let predictions: [Prediction]
  /// All probabilities, in the order of the model's labels.
  public let probabilities: [Double]

  /// A class's place in the order of probability, from 1.
  public func rank(of classIndex: Int) -> Int {
    1
      + probabilities.indices.count {
        (probabilities[classIndex], $0) < (probabilities[$0], classIndex)
      }
  }

  /// Lets several models judge one picture file. It is read anew, as it was saved, and shown whole: at the size of each
  /// model's input, without a crop.
  public static func of(_ path: String, by classifiers: [Classifier], count: Int = 5) throws -> [Judgement] {
    let image = try Image.read(path)
    return try classifiers.map { try $0.judge(image, count: count) }
  }
}

extension Classifier {
  /// What the model says of a picture, shown whole and rounded to 8 bits as a file would hold it.
  public func judge(_ image: Image, count: Int = 5) throws -> Judgement {
    let probabilities = try self.probabilities(of: [image.quantized()], fit: .whole)[0]
    return Judgement(
      model: model.name, predictions: top(count, of: probabilities), probabilities: probabilities)
  }
}
