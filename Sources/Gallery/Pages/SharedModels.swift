/// A link.
struct LinkModel: SharedPageModel {
  var url: String
  var text: String
  var isCurrent = false

  static let partName = "link"
  static let partPurpose = "A link to a page or a file."
  static let meanings: [String: String] = [
    "url": "where it leads",
    "text": "what it says, such as the title of what it leads to",
    "isCurrent": "whether it leads to this page or, in a menu, to the list that this page belongs to",
  ]
}

/// A name and what it stands for, in a list of facts.
struct FactModel: SharedPageModel {
  var name: String
  var value: String

  static let partName = "fact"
  static let partPurpose = "A name and what it stands for, in a list of facts or of settings."
  static let meanings: [String: String] = [
    "name": "what is told, such as `Parameters`, or the name of a setting",
    "value": "the figure with its unit, or the words",
  ]
}

/// A picture as an `img` needs it.
struct PictureModel: SharedPageModel {
  var src: String
  var width: Int
  var height: Int
  var alt: String
  var loading: String

  static let partName = "picture"
  static let partPurpose = "What an `img` element needs: `partials/picture.html` makes one."
  static let meanings: [String: String] = [
    "src": "where the file is",
    "width": "the width to show it at, in pixels",
    "height": "the height to show it at, in pixels",
    "alt": "what it shows, for those who can't see it; empty where words beside it say so",
    "loading": "`eager` for what is seen at once, `lazy` for what comes further down",
  ]
}

/// A natural picture.
struct NaturalModel: SharedPageModel {
  var picture: PictureModel
  var source: String
  var score: String?

  static let partName = "natural picture"
  static let partPurpose = "A natural picture or a part of one, as it is or with a map laid over it."
  static let meanings: [String: String] = [
    "picture":
      "the picture, its part or its map, 320 pixels a side at most; a drawing in its place if it may not be shown",
    "source": "its path below the exhibition's folder of references",
    "score":
      "the activation that it was chosen for, to three significant digits; missing if it was chosen otherwise",
  ]
}

/// What a model says of a picture, in a line.
struct VerdictModel: SharedPageModel {
  var model: String
  var label: String
  var percent: String
  var isRight: Bool

  static let partName = "verdict"
  static let partPurpose =
    "What a network takes a picture for, in a line: `partials/verdicts.html` lists them."
  static let meanings: [String: String] = [
    "model": "the title of the network that is asked",
    "label": "its first guess, as its labels have it",
    "percent": "how probable that guess is to it, such as `98 %`",
    "isRight": "whether it says what the picture was made for",
  ]
}

/// A synthetic picture in a grid, or the gap that it left.
struct WorkModel: SharedPageModel {
  var id: String
  var url: String?
  var title: String
  var model: String
  var method: String
  var methodURL: String
  var seed: String
  var shownAt: String?
  var picture: PictureModel?
  var gap: String?
  var measure: String?
  var verdicts: [VerdictModel]
  var hasVerdicts = false

  static let partName = "work"
  static let partPurpose =
    "A synthetic picture in a grid, or the gap that it left: `partials/work.html` is one."
  static let meanings: [String: String] = [
    "id": "the name that its file goes by, 20 hexadecimal digits; of a gap the same as `url`",
    "url": "the page of the picture; a gap has one too",
    "title":
      "what it is called beside the others: its target, method, network or seed, as far as the page doesn't tell them",
    "model": "the title of the network that it was made for",
    "method": "the title of the method that makes it",
    "methodURL": "that method's page",
    "seed": "the seed that it is made from",
    "shownAt": "the seeds at which it is shown, separated by spaces; missing if it always is",
    "picture": "the picture, 320 pixels a side at most; missing if it wasn't made",
    "gap": "why there is no picture, in a sentence; missing if there is one",
    "measure":
      "how probable its class is to its own network, such as `98 %`, or for inner units `activation 12.3`",
    "verdicts": "what each network says of it, its own first; empty unless it is of a class",
    "hasVerdicts": "whether any network says something of it",
  ]
}

/// A row of an overview.
struct CardModel: SharedPageModel {
  var url: String
  var title: String
  var heading: HTML
  var note: String?
  var picture: PictureModel?
  var words: String
  var network: String?

  static let partName = "card"
  static let partPurpose = "An exhibit in a list: `partials/card.html` is one."
  static let meanings: [String: String] = [
    "url": "the exhibit's page",
    "title": "what the exhibit is called, as plain text",
    "heading": "the same with places where long words may be broken",
    "note": "a line below: how much it shows, or its network; `missing` if it wasn't made",
    "picture": "what stands for it, 320 pixels a side at most; missing if it has no picture",
    "words": "what the filter of the page searches",
    "network": "the title of the network that it is of; missing if it is of several or none",
  ]

  init(
    url: String, title: String, note: String?, picture: PictureModel?, words: String, network: String? = nil
  ) {
    self.url = url
    self.title = title
    heading = Markup.breakable(title)
    self.note = note
    self.picture = picture
    self.words = words
    self.network = network
  }
}

/// A probability in a table, with a bar.
struct BarModel: SharedPageModel {
  var label: String
  var percent: String
  var width: Int
  var isIntended: Bool

  static let partName = "bar"
  static let partPurpose = "A class with its probability, a row of a table."
  static let meanings: [String: String] = [
    "label": "the class, as the network's labels have it",
    "percent": "its probability, such as `4.2 %`",
    "width": "the same from 0 to 100, for a drawing",
    "isIntended": "whether it is what the picture was made for or, before an attack, what it shows",
  ]
}

/// A model's probabilities of a picture.
struct PredictionModel: SharedPageModel {
  var model: String
  var modelURL: String
  var bars: [BarModel]

  static let partName = "set of predictions"
  static let partPurpose =
    "The classes that are most probable to a network in a picture: `partials/predictions.html` is a table of them."
  static let meanings: [String: String] = [
    "model": "the title of the network that is asked",
    "modelURL": "that network's page",
    "bars": "the classes most probable to it, the first guess first, five at most",
  ]
}

/// A picture on the way.
struct FrameModel: SharedPageModel {
  var picture: PictureModel
  var step: Int
  var note: String?
  var label: String

  static let partName = "frame"
  static let partPurpose = "A picture on the way to the finished one: `partials/film.html` shows them all."
  static let meanings: [String: String] = [
    "picture": "the picture at that step, in full size",
    "step": "after how many steps it is so",
    "note": "in an attack how probable the target is by then, such as `target 12 %`; missing elsewhere",
    "label": "the step in words, such as `Step 256`",
  ]
}

/// A file to take home.
struct DownloadModel: SharedPageModel {
  var url: String
  var text: String
  var note: String

  static let partName = "download"
  static let partPurpose = "A file to take home."
  static let meanings: [String: String] = [
    "url": "where the file is",
    "text": "`Picture`, `Transparent picture`, `Transparency map` or `Record`",
    "note": "its format and what else is worth knowing, such as `PNG, 24 kB`",
  ]
}
