import Support

extension ExhibitionReader {
  /// `concepts`: a class of the exhibition and how many directions to find; or the directions of a file, or from one
  /// folder of pictures to another. And how many to show.
  func concept(_ entry: Entry, _ names: Names) -> Exhibition.ConceptEntry? {
    let keys = [
      "name", "model", "class", "count", "layer", "file", "tensor", "with", "without", "show", "methods",
      "seeds",
    ]
    guard let fields = entry.fields(keys), let model = model(fields, names),
      let (origin, title, most) = conceptOrigin(fields, entry, names),
      let methods = chosenMethods(fields, names, standard: names.innerMethods)
    else { return nil }
    let name = fields["name"]?.text() ?? "\(title) in \(model)"
    return Exhibition.ConceptEntry(
      name: name, slug: Slug.make(name), model: model, origin: origin,
      show: fields["show"]?.integer(1...most) ?? min(3, most), methods: methods,
      seeds: ownSeeds(fields, names), place: entry.place)
  }

  /// Where the directions come from, what people call them, and how many there are at most.
  private func conceptOrigin(
    _ fields: Fields, _ entry: Entry, _ names: Names
  ) -> (Exhibition.ConceptEntry.Origin, title: String, most: Int)? {
    let groups = [["class", "count"], ["file", "tensor"], ["with", "without"]]
    let given = groups.filter { $0.contains { fields[$0] != nil } }
    guard given.count == 1, let group = given.first else {
      entry.report(
        "a concept is of a class (\"class\"), of a file's directions (\"file\"), or from pictures without something to "
          + "pictures with it (\"with\" and \"without\"); write one of the three")
      return nil
    }
    if group == groups[0] {
      fields["layer"]?.report("a class's concepts are found before its classifier; remove \"layer\"")
      guard let name = chosenClass(fields, "class", names, references: true) else { return nil }
      let count = fields["count"]?.integer(2...256) ?? 10
      return (.className(name, count: count), name, count)
    }
    guard let layer = fields.required("layer")?.text() else { return nil }
    if group == groups[1] {
      guard let field = fields.required("file"), let text = field.text(), let path = path(field, text),
        let file = existing(path, field, isFolder: false)
      else { return nil }
      return (.file(file, tensor: fields["tensor"]?.text(), layer: layer), text, DirectionFile.most)
    }
    guard let with = fields.required("with").flatMap(picturesFolder),
      let without = fields.required("without").flatMap(picturesFolder)
    else { return nil }
    guard with.path != without.path else {
      entry.report("\"with\" and \"without\" are the same folder; name two")
      return nil
    }
    return (
      .difference(with: with.path, without: without.path, layer: layer),
      "\(with.text) and not \(without.text)", 1
    )
  }

  private func picturesFolder(_ entry: Entry) -> (text: String, path: String)? {
    guard let text = entry.text(), let path = path(entry, text),
      let folder = existing(path, entry, isFolder: true)
    else { return nil }
    return (text, folder)
  }
}
