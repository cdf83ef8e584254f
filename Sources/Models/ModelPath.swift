import Foundation

/// Paths of a model's files.
enum ModelPath {
  /// The names by which a folder's checkpoint is found, the first first.
  static let usualCheckpoints = [
    "weights.safetensors", "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin",
  ]
  /// The folder of a file.
  static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }

  /// A path that a description gives, relative to its folder and inside it. Throws ``ModelError`` at the key.
  static func resolve(
    _ path: String, _ yaml: YAMLMapping, _ key: String, _ folder: String
  ) throws(ModelError) -> String {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw yaml.fault(at: key, "\"\(path)\" must lie in the model's own folder: a relative path without ..")
    }
    return (folder as NSString).appendingPathComponent(path)
  }

  /// The name that a folder or file gives a model: its last component, in lower-case words joined by hyphens.
  static func modelName(_ path: String) -> String {
    let last = ((path as NSString).standardizingPath as NSString).lastPathComponent as NSString
    let slug = Slug.of(
      Model.fileExtensions.contains(last.pathExtension.lowercased())
        ? last.deletingPathExtension : last as String)
    return slug.isEmpty ? "model" : slug
  }
}
