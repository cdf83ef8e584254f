/// What a CLIP checkpoint's tensors don't tell about its towers: from `model.yaml`, else from the configuration that
/// lies beside it.
struct CLIPSettings {
  /// One tower's.
  struct Tower {
    var heads: Int?
    /// Numbers a head, where a configuration says that instead.
    var headWidth: Int?
    var activation: CLIPActivation?
    var epsilon: Float?
  }

  /// The keys of `model.yaml`.
  static let keys = ["activation", "heads", "text-heads", "templates"]

  var image = Tower()
  var text = Tower()

  /// Settings for the checkpoint at a path. Throws ``ModelError``.
  init(_ yaml: YAMLMapping, beside path: String, _ names: CLIPNames) throws(ModelError) {
    if let configuration = try CLIPConfiguration(beside: path, names) {
      (image, text) = (configuration.image, configuration.text)
    }
    if let activation = try yaml.choice("activation", of: CLIPActivation.self) {
      (image.activation, text.activation) = (activation, activation)
    }
    image.heads = try yaml.integer("heads", in: 1...1024) ?? image.heads
    text.heads = try yaml.integer("text-heads", in: 1...1024) ?? text.heads
  }
}

extension CLIPSettings.Tower {
  /// The heads that a token's numbers are split into, of 64 where nobody says otherwise. `key` sets them in `model.yaml`.
  /// Throws ``ModelError`` if they can't be.
  func heads(width: Int, _ key: String, _ path: String) throws(ModelError) -> Int {
    let heads = self.heads ?? width / max(1, headWidth ?? 64)
    guard heads > 0, width % heads == 0 else {
      throw .architecture(
        path: path,
        reason: """
          \(width) numbers a token can't be split into \(heads == 0 ? "heads of \(headWidth ?? 64)" : "\(heads) heads"); \
          say `\(key):` in a model.yaml beside it
          """)
    }
    return heads
  }
}
