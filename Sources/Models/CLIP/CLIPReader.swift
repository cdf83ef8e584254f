import Checkpoints
import Foundation
import NeuralNetwork
import Support

/// The half of a CLIP checkpoint that reads: vocabulary, text tower, and the factor of cosines.
public final class CLIPReader {
  /// The factor that cosines between pictures and texts are multiplied by: e to the learned `logit_scale`.
  public let scale: Float
  /// Numbers of an embedding.
  public var width: Int { tower.embedding }
  private let tower: CLIPTextTower
  private let checkpoint: Checkpoint
  private let vocabulary: String
  private let identity: String
  /// Made when the first caption is read: classes that are known already need neither.
  private lazy var tools = Result { () throws(ModelError) in try makeTools() }

  /// The reader of a checkpoint. `hash` is its identity; `settings` are those of `model.yaml`. Throws ``ModelError``.
  init(_ checkpoint: Checkpoint, hash: String, settings: YAMLMapping, _ names: CLIPNames) throws(ModelError) {
    self.checkpoint = checkpoint
    tower = try CLIPTextTower(TensorShapes(checkpoint), settings: settings, names)
    let logarithm = CheckpointWeights(checkpoint, architecture: "CLIP").parameter(CLIPNames.scale, [])
    scale = withExtendedLifetime(logarithm) { exp(logarithm.values.first ?? .nan) }
    guard scale.isFinite, scale > 0 else {
      throw .checkpoint(
        path: checkpoint.path, tensor: CLIPNames.scale,
        reason: "the logarithm of the factor of cosines is missing, or its number makes no sense")
    }
    vocabulary = try BytePairVocabulary.path(beside: checkpoint.path)
    do {
      let digests = try BytePairVocabulary.files(of: vocabulary).map { (file) throws(FileError) in
        try Digest.sha256(ofFile: file)
      }
      identity = "CLIP texts 1\n\(hash)\n\(tower)\n\(digests)"
    } catch { throw .file(error) }
  }

  /// The reader of a checkpoint's file, or of a folder with one, as models are loaded. Throws ``ModelError``, for another
  /// network than CLIP too.
  public convenience init(path: String) throws(ModelError) {
    let (weights, description) = try Model.source(of: path)
    let checkpoint: Checkpoint
    do { checkpoint = try Checkpoint(path: weights, key: description?.weightsKey) } catch {
      throw .reading(error)
    }
    guard let names = CLIPNames.of(TensorShapes(checkpoint)) else {
      throw .architecture(
        path: weights, reason: "these aren't the tensors of CLIP, so that it reads no texts")
    }
    try self.init(
      checkpoint, hash: checkpoint.hash, settings: description?.settings ?? .empty(weights), names)
  }

  /// The embeddings of captions, of unit length, one after another. One that is too long is cut, or throws ``ModelError``.
  public func embeddings(
    of captions: [String], truncating: Bool = false, progress: (_ done: Int) -> Void = { _ in }
  ) throws(ModelError) -> [Float] {
    let (tokenizer, encoder) = try tools.get()
    let end = tokenizer.vocabulary.end
    // A caption that writes the end's mark itself ends there.
    let texts = try tokenizer.tokens(of: captions, truncating: truncating).map {
      Array($0.prefix(1 + ($0.firstIndex(of: end) ?? $0.count)))
    }
    do {
      return try encoder.embeddings(of: texts, progress: progress)
    } catch { throw .network(path: checkpoint.path, error) }
  }

  /// Classes of names: each the mean of its sentences' embeddings, at unit length (Radford et al. 2021, section 3.1.4).
  /// Throws ``ModelError``.
  public func classes(_ names: [String], _ options: ZeroShotOptions) throws(ModelError) -> ZeroShotClasses {
    let templates = options.templates ?? .ensemble
    var progress = ZeroShotOptions.Progress(done: 0, total: names.count * templates.texts.count)
    var directions: [Float] = []
    directions.reserveCapacity(names.count * width)
    for start in stride(from: 0, to: names.count, by: Self.group) {
      let group = Array(names[start..<min(start + Self.group, names.count)])
      let key = Digest.sha256("\(identity)\n\(templates.texts)\n\(group)")
      if let known = options.cache?.read(key, classes: group.count, width: width) {
        directions += known
      } else {
        let found = try self.directions(group, templates) { done in
          options.progress(.init(done: progress.done + done, total: progress.total))
        }
        options.cache?.write(found, key, width: width)
        directions += found
      }
      progress.done += group.count * templates.texts.count
    }
    return ZeroShotClasses(names: names, directions: directions, scale: scale)
  }

  /// So many classes are found, and kept, at a time: what is done when a run is interrupted needn't be done again.
  private static let group = 50

  private func directions(
    _ names: [String], _ templates: PromptTemplates, _ progress: (Int) -> Void
  ) throws(ModelError) -> [Float] {
    let embeddings = try embeddings(of: names.flatMap(templates.prompts), progress: progress)
    let count = templates.texts.count
    return names.indices.flatMap { name -> [Float] in
      var sum = [Double](repeating: 0, count: width)
      for prompt in name * count..<(name + 1) * count {
        for index in 0..<width { sum[index] += Double(embeddings[prompt * width + index]) }
      }
      let length = max(sum.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
      return sum.map { Float($0 / length) }
    }
  }

  private func makeTools() throws(ModelError) -> (CLIPTokenizer, CLIPTextEncoder) {
    let vocabulary = try BytePairVocabulary.read(vocabulary, count: tower.symbols)
    let weights = CheckpointWeights(checkpoint, architecture: "CLIP's text tower")
    let encoder: CLIPTextEncoder
    do {
      encoder = try CLIPTextEncoder(tower, weights: weights)
    } catch {
      try weights.verify(ignoring: isIgnored)
      throw .network(path: checkpoint.path, error)
    }
    try weights.verify(ignoring: isIgnored)
    return (CLIPTokenizer(vocabulary, context: tower.context), encoder)
  }

  /// The image tower's tensors are its own to check.
  private func isIgnored(_ tensor: String) -> Bool {
    tensor == CLIPNames.scale || tower.names.imagePrefixes.contains { tensor.hasPrefix($0) }
      || CLIPNames.relics.contains(tensor)
  }
}
