/// A link.
struct LinkModel: PageModel {
  var url: String
  var text: String
  var isCurrent = false
}

/// A name and what it stands for, in a list of facts.
struct FactModel: PageModel {
  var name: String
  var value: String
}

/// A picture as an `img` needs it.
struct PictureModel: PageModel {
  var src: String
  var width: Int
  var height: Int
  var alt: String
  /// `eager` or `lazy`.
  var loading: String
}

/// A natural picture.
struct NaturalModel: PageModel {
  var picture: PictureModel
  var source: String
  var score: String?
}

/// What a model says of a picture, in a line.
struct VerdictModel: PageModel {
  var model: String
  var label: String
  var percent: String
  /// Whether it says what was intended.
  var isRight: Bool
}

/// A synthetic picture in a grid, or the gap that it left.
struct WorkModel: PageModel {
  var id: String
  var url: String?
  var title: String
  var model: String
  var method: String
  var methodURL: String
  var seed: String
  /// The seeds at which it is shown, if pictures of other seeds stand in the same place.
  var shownAt: String?
  var picture: PictureModel?
  var gap: String?
  /// The probability or activation.
  var measure: String?
  var verdicts: [VerdictModel]
  var hasVerdicts = false
}

/// A row of an overview.
struct CardModel: PageModel {
  var url: String
  var title: String
  /// The title as it is shown, with places where it may be broken.
  var heading: HTML
  var note: String?
  var picture: PictureModel?
  /// What a filter searches.
  var words: String

  init(url: String, title: String, note: String?, picture: PictureModel?, words: String) {
    self.url = url
    self.title = title
    heading = Markup.breakable(title)
    self.note = note
    self.picture = picture
    self.words = words
  }
}

/// A probability in a table, with a bar.
struct BarModel: PageModel {
  var label: String
  var percent: String
  /// From 0 to 100, for a drawing.
  var width: Int
  var isIntended: Bool
}

/// A model's probabilities of a picture.
struct PredictionModel: PageModel {
  var model: String
  var modelURL: String
  var bars: [BarModel]
}

/// A picture on the way.
struct FrameModel: PageModel {
  var picture: PictureModel
  var step: Int
  var note: String?
  var label: String
}

/// A file to take home.
struct DownloadModel: PageModel {
  var url: String
  var text: String
  var note: String
}
