import Exhibition

extension OverviewPage {
  static func facets(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.facets.map { facets in
      let model = site.collection.model(facets.model)?.title ?? facets.model
      return CardModel(
        url: page.link(to: site.address(of: facets)), title: facets.title,
        note: facets.finding.gap == nil ? "\(counted(facets.facets.count, "facet")) in \(model)" : "missing",
        picture: picture(
          shown(facets.facets.flatMap(\.works)), fallback: facets.facets.first?.pictures.first?.picture,
          what: facets.title, on: page, in: site),
        words: "\(facets.title) \(facets.label) \(model)", network: model)
    }
  }

  static func interpolations(in site: SiteContext, on page: Address) -> [CardModel] {
    site.collection.interpolations.map { exhibit in
      let model = site.collection.model(exhibit.model)?.title ?? exhibit.model
      let made = exhibit.rows.lazy.compactMap(\.finding.value).first
      // The middle of the row stands for it: it is of both.
      let middle = made.flatMap { made -> (Record.Interpolation.Picture, StoredPicture)? in
        let pictures = made.interpolation.pictures
        guard !pictures.isEmpty else { return nil }
        let picture = pictures[pictures.count / 2]
        return made.picture(picture.file).map { (picture, $0) }
      }
      return CardModel(
        url: page.link(to: site.address(of: exhibit)), title: exhibit.title,
        note: made.map { "\(counted($0.interpolation.pictures.count, "picture")) in \(model)" } ?? "missing",
        picture: middle.map {
          site.picture(
            $0.1, alt: InterpolationPage.alternative(for: $0.0, exhibit, in: site), on: page, size: .card)
        }, words: "\(exhibit.title) \(exhibit.from) \(exhibit.to) \(model)", network: model)
    }
  }
}
