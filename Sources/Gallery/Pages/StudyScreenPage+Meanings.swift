/// What the tags of the page are, for whoever writes a template.
extension StudyScreenPage.Model {
  static let meanings: [String: String] = [
    "action":
      "where the form goes: the collector's address for an answer or, on the last screen, for the end",
    "hash": "the digest of the study's definition, to be sent along",
    "trialID": "the trial that is answered, to be sent along; empty on the last screen",
    "next": "which page comes next, from the server's root, to be sent along",
    "number": "which screen this is, from 1",
    "count": "how many screens there are before the last",
    "place": "both in words, such as `3 of 40`",
    "title": "the study's title",
    "heading": "what stands above: the title of the part or of the form",
    "part": "which of the parts it is, in words; missing on forms and on the last screen",
    "question": "what is asked in a trial; missing on forms and on the last screen",
    "isSimulated": "whether the study's results are of a simulation, which the page has to say",
    "isPractice": "whether it is practice, which doesn't count",
    "note": "what would have been right in the practice before; missing after other screens",
    "instructions": "what is to be done; missing but for the second screen",
    "consent": "what a participant agrees to; missing but for the first screen",
    "consentHash": "the digest of the consent, which is sent as the answer to it",
    "questions": "the questions of a form; empty in trials",
    "word": "the word that the question is about; missing if there is none or the question has it within",
    "references": "natural pictures to be shown beside",
    "hasReferences": "whether there are such pictures",
    "ratings": "the pictures to be rated; empty in other trials",
    "hasRatings": "whether pictures are rated",
    "isWord": "whether a word is to be written for a picture",
    "wordPicture": "the picture to write a word for; missing in other trials",
    "choice": "what to choose from; missing in other trials",
    "low": "the words at the lower end of the scale; empty where there is none",
    "high": "the words at the upper end of the scale; empty where there is none",
    "isLast": "whether it ends the study and asks nothing",
    "words": "the words of buttons and messages, in the study's language",
  ]
}

extension StudyScreenPage.Model.Shown {
  static let meanings: [String: String] = [
    "picture": "the picture in full size, under a name that tells nothing about it"
  ]
}

extension StudyScreenPage.Model.Rating {
  static let meanings: [String: String] = [
    "letter": "its letter, such as `A`",
    "field": "the name of its fields, such as `rating-1`",
    "picture": "the picture to be rated; its `alt` is what it is called, such as `Picture A`",
    "choices": "the values from 1 to 5",
  ]
}

extension StudyScreenPage.Model.Option {
  static let meanings: [String: String] = [
    "id": "an `id` that nothing else on the page has",
    "value": "the value, which is also what is read",
  ]
}

extension StudyScreenPage.Model.Choice {
  static let meanings: [String: String] = [
    "most": "the pictures that excite most",
    "least": "the pictures that excite least",
    "queries": "the natural pictures of which one is chosen",
    "confidences": "the values from 1 to 3 for how sure one is",
  ]
}

extension StudyScreenPage.Model.Query {
  static let meanings: [String: String] = [
    "letter": "its letter, such as `A`",
    "value": "what is sent for it, `1` or `2`",
    "id": "an `id` that nothing else on the page has",
    "picture": "the picture; its `alt` is what it is called, such as `Picture A`",
  ]
}

extension StudyThanksPage.Model {
  static let meanings: [String: String] = [
    "title": "the study's title",
    "debrief": "what the study was about",
    "isSimulated": "whether the study's results are of a simulation, which the page has to say",
    "collect": "below which address answers can be withdrawn",
    "hasForms": "always yes, for whoever has scripts gets no such page",
    "words": "the words of buttons and messages, in the study's language",
  ]
}
