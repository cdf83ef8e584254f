import Support
import Visualization

extension ExhibitionReader {
  /// `ablations`: a method of the exhibition, and what to change in it.
  func ablation(_ entry: Entry, _ names: Names) -> Exhibition.AblationEntry? {
    guard let fields = entry.fields(["name", "model", "method", "classes", "variants"]),
      let model = model(fields, names), let methodField = fields.required("method"),
      let method = methodField.text(), let variantsField = fields.required("variants")
    else { return nil }
    guard names.classMethods.contains(method) else {
      methodField.report(
        names.methods.contains(method)
          ? "method \"\(method)\" is for neurons only, and an ablation shows classes"
          : "the exhibition has no method \"\(method)\""
            + Suggestion.clause(for: method, among: names.classMethods))
      return nil
    }
    let known = names.classes.map(\.name)
    let classes = fields["classes"].map { field in
      field.list().compactMap { member -> String? in
        guard let name = member.text() else { return nil }
        if known.contains(name) { return name }
        member.report("the exhibition has no class \"\(name)\"" + Suggestion.clause(for: name, among: known))
        return nil
      }
    }
    let variants = variantsField.list().compactMap(variant)
    var labels: Set<String> = []
    for variant in variants where !labels.insert(variant.label).inserted {
      problems.add(variant.place, "the variant \"\(variant.label)\" is listed twice; rename one of them")
    }
    if variantsField.isList, variants.isEmpty {
      variantsField.report("an ablation needs variants; the first is best the method as it is")
    }
    let name = fields["name"]?.text() ?? "\(method) in \(model)"
    return Exhibition.AblationEntry(
      name: name, slug: Slug.make(name), model: model, method: method, classes: classes ?? known,
      variants: variants, place: entry.place)
  }

  /// A label alone, or what is changed under it.
  private func variant(_ entry: Entry) -> Exhibition.AblationEntry.Variant? {
    guard entry.isMapping else {
      return entry.text().map {
        .init(
          label: $0, settings: [:], precision: nil, isCutOut: false, place: entry.place, settingPlaces: [:])
      }
    }
    guard let fields = entry.fields(["label", "settings", "precision", "transparency"]),
      let label = fields.required("label")?.text()
    else { return nil }
    var places: [String: Place] = [:]
    let settings = settings(fields["settings"], prefix: "", places: &places)
    return .init(
      label: label, settings: settings, precision: fields["precision"].map { self.precision($0) },
      isCutOut: fields["transparency"]?.flag() ?? false, place: entry.place, settingPlaces: places)
  }
}
