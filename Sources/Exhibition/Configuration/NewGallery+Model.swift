import Foundation
import Models
import Support

extension NewGallery {
  /// A checkpoint alone says neither how its classes are called nor how pictures were prepared for it: a folder in the
  /// gallery says both, with what is assumed, and links to the checkpoint. Where the network has as many classes as there
  /// are folders of pictures, their names are taken, in the order in which PyTorch's `ImageFolder` numbers them. Returns
  /// the folder; `nil` if the model is described already, or by files beside it.
  func describe(_ model: Model) throws -> String? {
    guard let path = self.model, FileStatus(path: path)?.isFolder == false, model.hasClasses else {
      return nil
    }
    let place = URL(fileURLWithPath: absolute(path)).resolvingSymlinksInPath()
    let beside = Model.companionFiles.contains {
      FileStatus(path: place.deletingLastPathComponent().path + "/" + $0) != nil
    }
    guard place.pathExtension != "json", !beside else { return nil }
    let folder = "\(self.folder)/models/\(model.name)"
    let weights = "weights." + place.pathExtension
    try AtomicFile.makeFolder(folder)
    do {
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/" + weights, withDestinationPath: place.path)
    } catch {
      throw FileError(path: folder + "/" + weights, action: "make a link", reason: error.localizedDescription)
    }
    try AtomicFile.write(try labels(of: model).joined(separator: "\n") + "\n", to: folder + "/labels.txt")
    let input = model.input
    try AtomicFile.write(
      """
      # What the checkpoint doesn't say, as far as it can be guessed. `vitrine classify --model FOLDER PICTURES` shows
      # whether pictures are recognized so.

      title: \(YAMLText.quoted(place.deletingPathExtension().lastPathComponent))

      # A link to the checkpoint.
      weights: \(YAMLText.quoted(weights))

      # The classes' names, one a line, in the network's order.
      labels: labels.txt

      # How pictures were prepared in training: the shorter side resized to `resize` pixels, the middle `size` pixels taken,
      # brightness from 0 to 1 normalized.
      input: {size: \(input.size), resize: \(input.resize), interpolation: \(input.interpolation.rawValue), \
      mean: \(input.mean), deviation: \(input.deviation)}

      """, to: folder + "/" + "model.yaml")
    return folder
  }

  /// The labels beside the checkpoint, or else the folders' names.
  private func labels(of model: Model) throws -> [String] {
    let unnamed = model.labels.indices.allSatisfy { model.labels[$0] == "class \($0)" }
    guard unnamed, let references else { return model.labels }
    let folders = try ReferenceShelf.folders(in: references)
    // A name with a line break can't be one of a file's lines.
    let areNames = folders.count == model.labels.count && !folders.contains { $0.contains { $0.isNewline } }
    return areNames ? folders : model.labels
  }
}
