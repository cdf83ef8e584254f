/// Two to four pictures side by side, under one zoom.
enum ComparePage: PageKind {
  static let template = "pages/compare"

  struct Model: PageModel {
    var choices: [Group]
    var pages: [LinkModel]
    var hasPages: Bool

    static let meanings: [String: String] = [
      "choices": "the exhibits with the pictures to choose from; each picture once",
      "pages":
        "the pages of many pictures, each called by its first and its last exhibit; empty if there is one page",
      "hasPages": "whether the pictures take several pages",
    ]

    struct Group: PageModel {
      var title: String
      var pictures: [Choice]

      static let meanings: [String: String] = [
        "title": "what the exhibit is called",
        "pictures": "its pictures, without those that an exhibit before has",
      ]
    }

    struct Choice: PageModel {
      var id: String
      var url: String
      var label: String
      var words: String
      var thumbnail: PictureModel
      var full: String

      static let meanings: [String: String] = [
        "id": "the name that its file goes by, 20 hexadecimal digits; behind `#` it stands for being chosen",
        "url": "the page of the picture",
        "label": "what it is, such as `zebra, VITAL, ResNet-50, seed 0`",
        "words": "what the filter of the page searches: the same as `label`",
        "thumbnail": "the picture, 320 pixels a side at most, without a text of its own",
        "full": "the file of the picture in full size",
      ]
    }
  }

  /// Pictures of one exhibit.
  struct Choices {
    let title: String
    var pictures: [Picture]

    struct Picture {
      let stored: StoredPicture
      let label: String
      let address: Address
    }
  }

  /// How many pictures a page offers at most, but that those of one exhibit stay together.
  private static let limit = 400

  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage] {
    let (choices, paging) = (site.compareDesk.choices, site.compareDesk.paging)
    return try paging.ranges.enumerated().map { index, range in
      let page = paging.address(index)
      let pages = paging.links(on: index) { choices[$0].title }
      let model = Model(
        choices: choices[range].map { choices in
          Model.Group(title: choices.title, pictures: choices.pictures.map { choice($0, on: page, in: site) })
        }, pages: pages, hasPages: !pages.isEmpty)
      return SitePage(
        address: page, title: paging.title(index, of: "Compare"), kind: "compare",
        description: "Two to four pictures side by side, under one zoom.",
        body: try templates.page(template, model), crumbs: index == 0 ? [] : [("Compare", paging.home)])
    }
  }

  private static func choice(_ picture: Choices.Picture, on page: Address, in site: SiteContext)
    -> Model.Choice
  {
    Model.Choice(
      id: site.media.name(of: picture.stored), url: page.link(to: picture.address), label: picture.label,
      words: picture.label,
      // The label's words stand beside the picture.
      thumbnail: site.picture(picture.stored, alt: "", on: page, size: .card),
      full: page.link(to: site.media.address(of: picture.stored)))
  }

  // MARK: Which picture is offered where

  /// All pictures that can be compared, the pages that offer them, and the page of each by its name.
  struct Desk {
    let choices: [Choices]
    let paging: Paging
    let places: [String: Address]

    init(_ site: SiteContext) {
      var seen: Set<String> = []
      choices = ComparePage.choices(in: site).compactMap { choices in
        var choices = choices
        choices.pictures.removeAll { !seen.insert(site.media.name(of: $0.stored)).inserted }
        return choices.pictures.isEmpty ? nil : choices
      }
      var ranges: [Range<Int>] = []
      var (start, count) = (0, 0)
      for (index, group) in choices.enumerated() {
        if index > start, count + group.pictures.count > limit {
          ranges.append(start..<index)
          (start, count) = (index, 0)
        }
        count += group.pictures.count
      }
      paging = Paging(ranges: ranges + [start..<choices.count], home: .folder("compare"))
      var places: [String: Address] = [:]
      for (index, range) in paging.ranges.enumerated() {
        for picture in choices[range].flatMap(\.pictures) {
          places[site.media.name(of: picture.stored)] = paging.address(index)
        }
      }
      self.places = places
    }
  }

  private static func choices(in site: SiteContext) -> [Choices] {
    let works = WorkPage.sets(in: site).map { set in
      Choices(
        title: set.title,
        pictures: set.works.compactMap { work in
          work.made.map { stored in
            let model = site.collection.model(work.model)?.title ?? work.model
            return Choices.Picture(
              stored: stored, label: "\(site.title(of: work)), \(model), seed \(work.seed)",
              address: site.address(of: work, in: set.home))
          }
        })
    }
    return works
      + site.collection.attacks.map { attack in
        Choices(title: attack.title, pictures: attack.trials.flatMap { pictures(of: $0, attack, in: site) })
      }
  }

  private static func pictures(
    of trial: AttackTrial, _ attack: AttackExhibit, in site: SiteContext
  ) -> [Choices.Picture] {
    guard let made = trial.finding.value else { return [] }
    let files = [
      (made.attack.clean, "clean"), (made.attack.adversarial, "adversarial"),
      (made.attack.difference, "difference"),
    ]
    return files.compactMap { file, name in
      made.picture(file).map {
        Choices.Picture(
          stored: $0, label: "\(attack.title), \(trial.title), \(name)",
          address: site.address(of: trial, in: attack))
      }
    }
  }
}
