import Evaluation
import Models
import Support

extension NewGallery {
  /// Some natural pictures of each class shown to the network: whether it was read rightly.
  public struct Trial: Sendable, Equatable {
    /// How many pictures were shown.
    public var shown = 0
    /// How many of them have their folder's class for the first guess.
    public var right = 0

    /// Whether the pictures are most likely prepared otherwise, or the classes ordered otherwise, than in training.
    public var isDoubtful: Bool { 2 * right < shown }

    /// At most five pictures of each of forty classes. `nil` if no class has a folder. Pictures that can't be read are left
    /// out: a build tells of them.
    init?(_ model: Model, references: String) throws {
      var pictures: [(path: String, label: Int)] = []
      let folders = try ReferenceShelf.folders(in: references)
      let known = folders.compactMap { folder in (try? model.classIndex(folder)).map { (folder, $0) } }
      for (folder, label) in known.prefix(40) {
        let path = references + "/" + folder
        pictures += try ReferenceShelf.pictures(in: path).prefix(5).map { (path + "/" + $0, label) }
      }
      let prepared = pictures.compactMap { picture in
        (try? model.input.prepare(file: picture.path)).map { (values: $0, label: picture.label) }
      }
      guard !prepared.isEmpty else { return nil }
      let classifier = try Classifier(model: model, batch: min(16, prepared.count))
      let answers = try classifier.logits(count: prepared.count) { prepared[$0].values }
      shown = prepared.count
      right = zip(prepared, answers).count { picture, scores in
        scores.indices.max { scores[$0] < scores[$1] } == picture.label
      }
    }
  }
}
