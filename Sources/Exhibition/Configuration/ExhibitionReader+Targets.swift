import Attribution
import Support
import Visualization

extension ExhibitionReader {
  /// `interpolations`: from one address to another.
  func interpolation(_ entry: Entry, _ names: Names) -> Exhibition.InterpolationEntry? {
    guard let fields = entry.fields(["name", "model", "from", "to", "count", "settings"]),
      let model = model(fields, names), let fromField = fields.required("from"),
      let from = fromField.text(), let toField = fields.required("to"), let to = toField.text()
    else { return nil }
    if from == to {
      toField.report("\"to\" is the address that the row begins with; name another one")
      return nil
    }
    let name = fields["name"]?.text() ?? "\(from) to \(to) in \(model)"
    var places: [String: Place] = [:]
    let settings = settings(fields["settings"], prefix: "", places: &places)
    return Exhibition.InterpolationEntry(
      name: name, slug: Slug.make(name), model: model, from: from, to: to,
      count: fields["count"]?.integer(2...InterpolationRequest.mostPictures) ?? 5, settings: settings,
      place: entry.place, fromPlace: fromField.place, toPlace: toField.place, settingPlaces: places)
  }

  /// `facets`: a class of the exhibition or a unit, and how many groups its natural pictures or patches are put into.
  func facets(_ entry: Entry, _ names: Names) -> Exhibition.FacetsEntry? {
    let keys = ["name", "model", "class", "unit", "count", "patches", "vectors", "methods", "seeds"]
    guard let fields = entry.fields(keys), let model = model(fields, names),
      let (subject, title) = facetsSubject(fields, entry, names)
    else { return nil }
    let known: [String]
    if case .unit = subject { known = names.innerMatchingMethods } else { known = names.matchingMethods }
    guard let methods = chosenMethods(fields, names, standard: known) else { return nil }
    let field = fields["methods"] ?? entry
    if methods.isEmpty {
      let known = self.methods.filter(\.matchesReferences).map(\.name).joined(separator: ", ")
      field.report("facets need a method that matches natural pictures; add one to \"methods\": \(known)")
      return nil
    }
    for method in methods where !known.contains(method) {
      field.report(
        "method \"\(method)\" doesn't match natural pictures, so all facets would look the same; take one of "
          + (known.isEmpty ? "the methods that do" : known.joined(separator: ", ")))
    }
    let name = fields["name"]?.text() ?? "\(title) in \(model)"
    return Exhibition.FacetsEntry(
      name: name, slug: Slug.make(name), model: model, subject: subject, methods: methods,
      seeds: ownSeeds(fields, names), place: entry.place)
  }

  /// What is taken apart, with what people call it.
  private func facetsSubject(
    _ fields: Fields, _ entry: Entry, _ names: Names
  ) -> (Exhibition.FacetsEntry.Subject, String)? {
    guard let unit = fields["unit"] else {
      for key in ["patches", "vectors"] {
        fields[key]?.report("\"\(key)\" is for the facets of a unit; a class has whole pictures")
      }
      guard let name = chosenClass(fields, "class", names, references: true) else { return nil }
      return (.className(name, count: fields["count"]?.integer(2...64) ?? 3), name)
    }
    if let field = fields["class"] {
      field.report("facets are of a class or of a unit; remove one of them")
      return nil
    }
    guard let address = unit.text() else { return nil }
    if !names.hasReferences {
      unit.report("natural pictures are needed for patches; add \"references\" with their folder")
    }
    let known = NeuronFacets.Settings.Vectors.allCases.map(\.rawValue)
    let vectors = fields["vectors"].flatMap { field -> String? in
      guard let word = field.text() else { return nil }
      if known.contains(word) { return word }
      field.report(
        "patches can't be told apart by \"\(word)\" (\(known.joined(separator: ", ")))"
          + Suggestion.clause(for: word, among: known))
      return nil
    }
    return (
      .unit(
        address, patches: fields["patches"]?.integer(2...1000) ?? 1000, vectors: vectors ?? known[0],
        count: fields["count"]?.integer(2...64)), address
    )
  }
}
