/// A finished page before the layout frames it.
struct SitePage {
  let address: Address
  let title: String
  /// Which kind of page it is; a style sheet may ask for it.
  let kind: String
  /// One sentence for search engines and previews.
  let description: String
  let body: PageBody
  /// The way from the index to here, without both ends.
  var crumbs: [(title: String, address: Address)] = []
  /// The picture that previews of the page show.
  var preview: StoredPicture?
  /// What is around it.
  var frame = Frame.full

  /// What is around a page's content.
  enum Frame {
    /// The exhibition's head and foot.
    case full
    /// Nothing that leads to the exhibition, whose pages tell the methods: for participants of a study, in its language.
    /// `origins` are those beside the page's own that it talks to.
    case bare(language: String, origins: [String])
  }
}

extension SitePage {
  /// Whether it is for participants of a study.
  var isBare: Bool { if case .bare = frame { true } else { false } }
}

/// The kinds of pages: a model type, its template, and how the site's pages of this kind are made.
protocol PageKind {
  associatedtype Model: PageModel
  /// The template, such as `pages/class`.
  static var template: String { get }
  /// All pages of this kind.
  static func pages(in site: SiteContext, templates: TemplateLibrary) throws -> [SitePage]
}

/// Every kind of page, so that each template is checked even if the exhibition has no page of its kind.
enum PageKinds {
  static var all: [any PageKind.Type] {
    [
      IndexPage.self, OverviewPage.self, ClassPage.self, UnitPage.self, CircuitPage.self, ConceptPage.self,
      FacetsPage.self, InterpolationPage.self, AblationPage.self, EvaluationPage.self, AttackPage.self,
      AttackComparisonPage.self, AttackTablePage.self, WorkPage.self, MethodPage.self, ModelPage.self,
      ComparePage.self, StudyPage.self, StudyScreenPage.self, StudyThanksPage.self, StudyResultsPage.self,
      SearchPage.self, TextPage.self, NotFoundPage.self,
    ]
  }
}
