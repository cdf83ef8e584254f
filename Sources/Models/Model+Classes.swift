import Support

extension Model {
  /// Whether the classes are ImageNet's, so that WordNet's identifiers name them too.
  public var knowsImageNet: Bool { labels == ImageNet.labels }

  /// The class that a text means: its label in any case ("White Shark"), the label as a slug ("white-shark"), one of
  /// several names that a label lists with commas, WordNet's identifier of an ImageNet class ("n01484850"), or its
  /// index. Throws ``ModelError`` with the nearest labels.
  public func classIndex(_ text: String) throws(ModelError) -> Int {
    let slug = Slug.of(text)
    let readings: [(String) -> Bool] = [
      { $0 == text },
      { !slug.isEmpty && Slug.of($0) == slug },
      { label in !slug.isEmpty && label.split(separator: ",").contains { Slug.of(String($0)) == slug } },
    ]
    for reading in readings {
      let found = labels.indices.filter { reading(labels[$0]) }
      if let index = found.first, found.count == 1 { return index }
      guard found.isEmpty else {
        throw .unknown(
          model: name,
          reason:
            "several classes are called \"\(Self.short(text))\"; give one's index: \(found.map(String.init).joined(separator: ", "))"
        )
      }
    }
    if let index = ImageNet.index(identifier: text), knowsImageNet { return index }
    if let index = Int(text) {
      guard labels.indices.contains(index) else {
        throw .unknown(model: name, reason: "no class \(index); its classes are 0 to \(labels.count - 1)")
      }
      return index
    }
    let known = labels + labels.flatMap { $0.split(separator: ",").map { Slug.of(String($0)) } }
    var clause = Suggestion.clause(for: text, among: Set(known))
    if clause.isEmpty {
      let some = labels.prefix(8).joined(separator: ", ")
      clause = "; it knows \(labels.count): \(some)\(labels.count > 8 ? " and so on" : "")"
    }
    throw .unknown(model: name, reason: "no class \"\(Self.short(text))\"\(clause)")
  }
}
