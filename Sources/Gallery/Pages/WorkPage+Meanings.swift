/// What the tags of the page are, for whoever writes a template.
extension WorkPage.Model {
  static let meanings: [String: String] = [
    "title": "what is pictured, such as `zebra` or `layer4.1, channel 12`",
    "home": "the class, neuron, concept or facets that the picture belongs to",
    "model": "the network that it is made for",
    "method": "the method that makes it",
    "seed": "the seed that it is made from",
    "gap": "why there is no picture, in a sentence; missing if there is one",
    "made": "what was made; missing if there is no picture",
    "siblings": "the other pictures of the same target",
    "hasSiblings": "whether there are others",
    "previous": "the picture before it in `home`; missing at the first",
    "next": "the picture after it in `home`; missing at the last",
  ]
}

extension WorkPage.Model.Made {
  static let meanings: [String: String] = [
    "picture": "the picture in full size, or 640 pixels a side at most if its file has more than 500 kB",
    "transparency": "the file of the picture with its transparency; missing if the method makes no map of it",
    "label": "the wall label: probability or activation, seed, steps, size, time and date",
    "frames": "the pictures on the way that were kept",
    "hasFrames": "whether there are two of them at least",
    "lastFrame": "the place of the last of them, from 0",
    "opinions": "what each network says of the picture, its own first",
    "hasOpinions": "whether any network was asked",
    "recipe": "how it was made, in full",
    "downloads": "the files of the picture",
    "citation": "the paper that the method is from; missing if the exhibition doesn't list the method",
    "bibtex": "the same as BibTeX, several lines for a `pre` element; missing likewise",
    "chart": "the loss over the steps, as a drawing; missing if it was noted once at most",
    "points": "the same as figures",
    "compareURL": "the compare page with this picture and the first of `siblings` chosen, four at most",
  ]
}

extension WorkPage.Model.Point {
  static let meanings: [String: String] = [
    "step": "after how many steps",
    "loss": "what the method makes small, to three significant digits",
  ]
}
