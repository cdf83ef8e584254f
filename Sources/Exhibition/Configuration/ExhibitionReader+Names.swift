extension ExhibitionReader {
  /// Within a section all names must differ, and so must the slugs that become addresses.
  func checkNames(_ exhibition: Exhibition) {
    check("model", exhibition.models.map { ($0.name, $0.slug, $0.place) })
    check("class", exhibition.classes.map { ($0.name, $0.slug, $0.place) })
    check("method", exhibition.methods.map { ($0.name, $0.slug, $0.place) })
    check("interpolation", exhibition.interpolations.map { ($0.name, $0.slug, $0.place) })
    check("facets entry", exhibition.facets.map { ($0.name, $0.slug, $0.place) })
    check("ablation", exhibition.ablations.map { ($0.name, $0.slug, $0.place) })
    check("circuit", exhibition.circuits.map { ($0.name, $0.slug, $0.place) })
    check("concept", exhibition.concepts.map { ($0.name, $0.slug, $0.place) })
    // Their pages lie in one folder.
    check(
      "adversarial example",
      exhibition.adversarials.map { ($0.name, $0.slug, $0.place) }
        + exhibition.attackTables.map { ($0.name, $0.slug, $0.place) })
    for attacks in exhibition.adversarials.map(\.attacks) + exhibition.attackTables.map(\.attacks) {
      check("attack", attacks.map { ($0.name, $0.slug, $0.place) })
    }
    check("study", exhibition.studies.map { ($0.name, $0.name, $0.place) })
  }

  /// A unit is shown once a model.
  func checkUnits(_ units: [Exhibition.UnitEntry]) {
    var seen: Set<String> = []
    for unit in units where !seen.insert("\(unit.model)/\(unit.address)").inserted {
      problems.add(unit.place, "unit \(unit.address) of \(unit.model) is listed twice; remove one of them")
    }
  }

  private func check(_ what: String, _ entries: [(name: String, slug: String, place: Place)]) {
    var owners: [String: (name: String, place: Place)] = [:]
    for entry in entries {
      guard let owner = owners[entry.slug] else {
        owners[entry.slug] = (entry.name, entry.place)
        continue
      }
      let earlier = "line \(owner.place.line)"
      problems.add(
        entry.place,
        owner.name == entry.name
          ? "\(what) \"\(entry.name)\" is listed twice (first on \(earlier)); remove one of them"
          : "\(what) \"\(entry.name)\" would have the same address as \"\(owner.name)\" on \(earlier) "
            + "(\"\(entry.slug)\"); rename one of them")
    }
  }
}
