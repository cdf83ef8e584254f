/// The 1000 classes of ImageNet's challenge (Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge",
/// 2015), which most classifiers know.
public enum ImageNet {
  /// The classes' names, in the order of the logits.
  public static let labels: [String] = entries.map(\.label)
  /// WordNet's identifiers, such as `n02391049` for zebra, in the same order. ImageNet's folders are named by them.
  public static let identifiers: [String] = entries.map(\.identifier)

  private static let entries: [(identifier: String, label: String)] = table.split(separator: "\n").map {
    line in
    let parts = line.split(separator: " ", maxSplits: 1)
    return (String(parts[0]), String(parts[parts.count - 1]))
  }

  /// The class of a WordNet identifier, in any case.
  static func index(identifier: String) -> Int? {
    identifiers.firstIndex(of: identifier.lowercased())
  }
}
