extension CLIPImageTower {
  /// The tower as a classifier of these names, whose directions its text tower finds. Throws ``ModelError``.
  public func naming(_ classes: ClassSource) throws(ModelError) -> CLIPImageTower {
    guard classes.names.count <= Self.mostClasses else {
      throw .text(
        path: classes.path, line: 0, column: 0,
        reason: "\(classes.names.count) names; at most \(Self.mostClasses) can become classes")
    }
    var options = classes.options
    if options.templates == nil, let name = try classes.settings.text("templates") {
      options.templates =
        try PromptTemplates.names.contains(name)
        ? .named(name)
        : .read(
          ModelPath.resolve(name, classes.settings, "templates", ModelPath.folder(of: classes.settings.path)))
    }
    let reader = try CLIPReader(classes.checkpoint, hash: classes.hash, settings: classes.settings, names)
    guard reader.width == embedding else {
      throw .architecture(
        path: classes.checkpoint.path,
        reason: "pictures have \(embedding) numbers and texts \(reader.width): they have no space in common")
    }
    var result = self
    result.zeroShot = try reader.classes(classes.names, options)
    return result
  }

  /// More classes than this nobody names.
  private static let mostClasses = 1 << 16
}
