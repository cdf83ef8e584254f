public import Models

/// How near texts come to each other in the space of CLIP's text tower (Radford et al. 2021): the cosine of their embeddings,
/// each put into "a photo of a …." as names of classes are.
public struct TextSimilarity: Sendable {
  /// What the checkpoint is called.
  public let model: String
  private let embeddings: [String: [Float]]

  /// The similarities of some texts. `checkpoint` is a file of CLIP, or a folder with one; a text that is longer than CLIP reads
  /// is cut; `progress` is told how many are read. Throws ``ModelError``, for another network than CLIP too.
  public init(
    checkpoint: String, texts: [String], progress: (_ done: Int) -> Void = { _ in }
  ) throws(ModelError) {
    let reader = try CLIPReader(path: checkpoint)
    model = checkpoint.split(separator: "/").last.map(String.init) ?? checkpoint
    let texts = Set(texts).sorted()
    let numbers = try reader.embeddings(
      of: texts.flatMap(PromptTemplates.simple.prompts), truncating: true, progress: progress)
    let width = reader.width
    embeddings = Dictionary(
      uniqueKeysWithValues: texts.enumerated().map { index, text in
        (text, Array(numbers[index * width..<(index + 1) * width]))
      })
  }

  /// The cosine of two of the texts, from −1 to 1; `nil` if one isn't among them.
  public func cosine(_ first: String, _ second: String) -> Double? {
    guard let first = embeddings[first], let second = embeddings[second] else { return nil }
    return zip(first, second).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
