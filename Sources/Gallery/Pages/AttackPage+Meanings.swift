/// What the tags of the page are, for whoever writes a template.
extension AttackPage.Model {
  static let meanings: [String: String] = [
    "title":
      "what the example is called in the exhibition, with the attack's title if there are several attacks",
    "attack": "the attack's title",
    "summary": "what the attack does, in a few sentences",
    "citation": "the paper that the attack is from",
    "link": "the paper's address on the web; missing if it isn't one of `https`",
    "source": "the class that the clean picture shows",
    "target": "the class that attacks go towards",
    "aim": "what the network is to call the picture: the target, or `anything but` the source",
    "isUntargeted": "whether the attack only leads away from the source",
    "model": "the title of the attacked network",
    "modelURL": "that network's page",
    "gap": "why there is no example, in a sentence; missing if there is one",
    "made": "what was made; missing if there is no example",
    "hasNeighbours": "whether there are other attacks on the same picture",
    "previous": "the attack before it; missing at the first",
    "next": "the attack after it; missing at the last",
  ]
}

extension AttackPage.Model.Made {
  static let meanings: [String: String] = [
    "success": "whether the network does what the attack is after",
    "says": "the attacked network's first guess at the changed picture",
    "certainty": "how probable that guess is to it, such as `98 %`",
    "clean": "the picture before the attack, in full size",
    "adversarial": "the picture after the attack, in full size",
    "difference": "what was changed, amplified, in full size; grey where nothing was",
    "amplification": "how the difference is shown: `amplified 15 times`, say, or `not amplified`",
    "sourceBefore": "how probable the source is to the attacked network before, such as `97 %`",
    "sourceAfter": "how probable the source is to it after",
    "targetBefore": "how probable the target is to it before",
    "targetAfter": "how probable the target is to it after",
    "opinions": "what each network says before and after, the attacked one first",
    "norms": "how much was changed, by several measures, and in how many steps",
    "frames": "the pictures on the way that were kept",
    "hasFrames": "whether there are two of them at least",
    "lastFrame": "the place of the last of them, from 0",
    "chart": "the probabilities of source and target over the steps, as a drawing",
    "points": "the same as figures",
    "recipe": "how it was made, in full",
    "compareURL": "the compare page with the clean picture, the changed one and their difference chosen",
  ]
}

extension AttackPage.Model.Opinion {
  static let meanings: [String: String] = [
    "before": "what a network says of the clean picture",
    "after": "what it says of the changed one",
  ]
}

extension AttackPage.Model.Point {
  static let meanings: [String: String] = [
    "step": "after how many steps",
    "source": "how probable the source is to the attacked network by then, such as `41 %`",
    "target": "how probable the target is to it by then",
  ]
}
