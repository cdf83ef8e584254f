/// What the tags of the page are, for whoever writes a template.
extension StudyPage.Model {
  static let meanings: [String: String] = [
    "name": "the study's short name, as in addresses and rows",
    "title": "the heading that participants see",
    "hash": "the digest of the study's definition, which is sent with all answers",
    "language": "the language of all texts, such as `en`",
    "isSimulated": "whether its results are of a simulation, which the page has to say",
    "collect": "below which address answers are taken; missing if nothing takes them",
    "postTo": "where the file of answers is sent in the end; missing if it is only saved",
    "rows": "how many assignments there are",
    "resume": "what becomes of a participant who comes back: `resume`, `restart` or `block`",
    "passed": "the names in a participant's link that are handed on, with spaces between",
    "hasForms": "whether it works without scripts too",
    "formsNext":
      "where the way without scripts begins, from the server's root, with `{row}` for the assignment; empty if there is none",
    "welcome": "what the study is about and how long it takes",
    "consent": "what a participant agrees to",
    "instructions": "what is to be done",
    "debrief": "what the study was about, to be read in the end",
    "consentHash": "the digest of the consent, which is kept as the answer to it",
    "comprehension": "questions about the instructions, which have right answers",
    "hasComprehension": "whether there are such questions",
    "demographics": "questions about the person, which may be left out",
    "hasDemographics": "whether there are such questions",
    "parts": "the parts, in the order in which they are shown",
    "words": "the words of buttons and messages, in the study's language",
  ]
}

extension StudyPage.Model.Question {
  static let partName = "question"
  static let partPurpose =
    "A question of a study with answers to choose from: `partials/study-question.html` is one."

  static let meanings: [String: String] = [
    "name": "its name in rows, such as `age`",
    "text": "what is asked",
    "field": "the name of its fields, which no other question of the page has",
    "choices": "the answers",
    "isRequired": "whether it has to be answered, like those about the instructions",
  ]
}

extension StudyPage.Model.Choice {
  static let meanings: [String: String] = [
    "id": "an `id` that nothing else on the page has",
    "value": "what stands in rows, such as `25-34`",
    "label": "what the participant reads",
  ]
}

extension StudyPage.Model.Part {
  static let meanings: [String: String] = [
    "name": "its short name in rows",
    "number": "its number, from 1",
    "title": "what participants read above it",
    "question": "what is asked in each trial; `{word}` in it stands for the trial's word",
    "isRating": "whether each picture is rated from 1 to 5",
    "isWord": "whether a word is written for a picture",
    "isChoice": "whether one of two pictures is chosen, with a confidence from 1 to 3",
    "low": "the words at the lower end of the scale",
    "high": "the words at the upper end of the scale",
  ]
}
