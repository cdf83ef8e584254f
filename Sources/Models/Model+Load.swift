import Checkpoints
import Foundation
import Support

extension Model {
  /// How checkpoints' names usually end. What a file is, its content tells; by these it is found and named.
  public static let fileExtensions = [
    "safetensors", "pth", "pt", "th", "bin", "ckpt", "h5", "hdf5", "npz", "json",
  ]

  /// The names of files beside a checkpoint that decide what CLIP is and reads, whatever the checkpoint's name.
  public static let companionFiles =
    CLIPConfiguration.fileNames + BytePairVocabulary.usualFiles + [BytePairVocabulary.listFile]

  /// A model from a folder with a `model.yaml`, or from a checkpoint alone, whose shapes tell the architecture; its
  /// pictures are then prepared as the family's usually are, and its labels stand beside it in `<name>.labels.txt` or
  /// `.labels.json` or are numbers. A folder without description is searched for a checkpoint by its usual name.
  /// `classes` names the classes where the caller knows better; to a network that reads texts, names give classes, as
  /// `zeroShot` says. Throws ``ModelError``.
  public static func load(
    _ path: String, classes: ClassNames? = nil, zeroShot: ZeroShotOptions = .init()
  ) throws(ModelError) -> Model {
    let (weights, description) = try source(of: path)
    var labels = description?.labels
    // A checkpoint alone has its labels beside it.
    if labels == nil, weights == path {
      let stem = (path as NSString).deletingPathExtension
      labels = ["\(stem).labels.txt", "\(stem).labels.json"].first {
        FileManager.default.fileExists(atPath: $0)
      }
    }
    return try load(
      name: ModelPath.modelName(path), weights: weights, classes ?? labels.map { .file($0) }, zeroShot,
      description)
  }

  /// The checkpoint of a path, and what describes it: a file is one itself, a folder has one. Throws ``ModelError``.
  static func source(
    of path: String
  ) throws(ModelError) -> (weights: String, description: ModelDescription?) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .file(FileError(path: path, action: "open", errorNumber: ENOENT))
    }
    guard isFolder.boolValue else { return (path, nil) }
    let file = (path as NSString).appendingPathComponent(ModelDescription.fileName)
    if FileManager.default.fileExists(atPath: file) {
      let description = try ModelDescription(path: file)
      return (description.weights, description)
    }
    let files = ModelPath.usualCheckpoints.map { (path as NSString).appendingPathComponent($0) }
    guard let weights = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw .architecture(
        path: path,
        reason: """
          the folder has no \(ModelDescription.fileName) and no \(ModelPath.usualCheckpoints.joined(separator: ", ")); \
          give a checkpoint's file, or describe the model there
          """)
    }
    return (weights, nil)
  }

  private static func load(
    name: String, weights path: String, _ classes: ClassNames?, _ zeroShot: ZeroShotOptions,
    _ description: ModelDescription?
  ) throws(ModelError) -> Model {
    let checkpoint: Checkpoint
    do { checkpoint = try Checkpoint(path: path, key: description?.weightsKey) } catch {
      throw .reading(error)
    }
    let shapes = TensorShapes(checkpoint)
    let family = try self.family(of: shapes, description)
    let settings = description?.settings ?? .empty(path)
    var architecture: any Architecture = try family.init(shapes, settings: settings)
    let input = try description?.inputSpecification(over: architecture.input)
    let hash = checkpoint.hash
    var labels: [String]?
    if let classes {
      let (names, file) =
        switch classes {
        case .file(let file): (try LabelFile.read(file), file)
        case .list(let names): (names, path)
        }
      architecture = try architecture.naming(
        ClassSource(
          names: names, path: file, checkpoint: checkpoint, hash: hash, settings: settings, options: zeroShot)
      )
      labels = names
    }
    let weights = CheckpointWeights(checkpoint, architecture: architecture.title)
    let model: Model
    do {
      model = try Model(
        name: name, title: description?.title, architecture, weights: weights, weightsHash: hash,
        input: input, labels: labels, training: description?.training)
    } catch {
      // Layers that don't fit usually follow from tensors that don't: those say more.
      try weights.verify(ignoring: architecture.ignores)
      throw error
    }
    try weights.verify(ignoring: architecture.ignores)
    return model
  }

  /// The described family, if the tensors don't plainly show another; else the one that they show.
  private static func family(
    of shapes: TensorShapes, _ description: ModelDescription?
  ) throws(ModelError) -> any Architecture.Type {
    guard let described = description?.architecture else { return try Architectures.recognized(shapes) }
    if !described.recognizes(shapes), let other = Architectures.all.first(where: { $0.recognizes(shapes) }) {
      throw .architecture(
        path: shapes.path,
        reason:
          "\(description?.path ?? "") says architecture \(described.name), but the tensors are those of \(other.name)"
      )
    }
    return described
  }
}
