/// What the tags of the page are, for whoever writes a template.
extension AttackTablePage.Model {
  static let meanings: [String: String] = [
    "title": "what the table is called in the exhibition",
    "model": "the title of the attacked network",
    "modelURL": "that network's page",
    "pictures": "how many natural pictures are attacked, such as `24 pictures`",
    "others": "the other networks that were asked, by their titles",
    "hasOthers": "whether others were asked",
    "summary": "the figures of each attack over all classes",
    "attacks": "the attacks with their figures class by class",
    "rows": "the attacked pictures, class by class",
  ]
}

extension AttackTablePage.Model.Attack {
  static let meanings: [String: String] = [
    "title": "the attack's title",
    "lines": "its figures for each pair of classes",
  ]
}

extension AttackTablePage.Model.Line {
  static let meanings: [String: String] = [
    "name": "what the figures are of: an attack, or classes such as `mushroom to strawberry`",
    "count": "how many pictures were attacked, such as `24`, or `23 of 24` if some are missing",
    "success": "how many of the attacks do what they are after, such as `96 %`; a dash without pictures",
    "bar": "the same from 0 to 100, for a drawing",
    "confidence":
      "the mean probability of the target after the attack, such as `91 %`; a dash without pictures",
    "largest": "the mean of the largest changes of a pixel (L∞) in 8-bit levels, such as `7.9`",
    "length": "the mean length of the whole change (L2) for pixels from 0 to 1, to three significant digits",
    "similarity": "the mean structural similarity (SSIM) to the clean picture, such as `0.987`",
    "transfers": "how often each of `others` is taken in, in their order",
  ]
}

extension AttackTablePage.Model.Transfer {
  static let meanings: [String: String] = [
    "rate":
      "how many of the pictures that it was asked about take it in, such as `12 %`; a dash if it wasn't asked"
  ]
}

extension AttackTablePage.Model.Row {
  static let meanings: [String: String] = [
    "source": "the class that the clean picture shows",
    "target": "the class that attacks go towards",
    "clean": "the picture before any attack, 320 pixels a side at most; missing if no attack was made",
    "pictures": "what each of `attacks` makes of it, in their order",
  ]
}

extension AttackTablePage.Model.Picture {
  static let meanings: [String: String] = [
    "picture": "the picture after the attack, 320 pixels a side at most; missing if it wasn't made",
    "gap": "why there is no picture, in a sentence; missing if there is one",
    "attack": "the attack's title",
    "says": "the attacked network's first guess; empty if the picture is missing",
    "certainty": "how probable that guess is to it, such as `98 %`; empty if the picture is missing",
    "isHit": "whether the network does what the attack is after",
  ]
}
