/// What the tags of the page are, for whoever writes a template.
extension CircuitPage.Model {
  static let meanings: [String: String] = [
    "title": "what the circuit is called in the exhibition",
    "label": "the class that is read",
    "classURL": "the class's page; missing if it has none",
    "model": "the title of the network that reads it",
    "modelURL": "that network's page",
    "gap": "why there is no circuit, in a sentence; missing if there is one",
    "diagram": "the class with its channels below, level by level, as a drawing; missing without channels",
    "levels": "the layers of the circuit, from the class down",
    "edges": "what the class and the channels are read from, one edge a row",
    "outcomes": "what becomes of the class if channels are set to zero",
    "hasOutcomes": "whether that was tried",
    "recipe": "how the circuit was found; missing if it wasn't",
    "share":
      "the part of the class's positive relevance that the first level's channels carry, such as `62 %`; missing without channels",
    "rules": "the rules by which relevance was sent back; missing without a circuit",
    "pictures":
      "how many natural pictures figures are means of, such as `50 pictures`; missing without a circuit",
  ]
}

extension CircuitPage.Model.Level {
  static let meanings: [String: String] = [
    "layer": "the layer, as the network calls it",
    "channels": "its channels in the circuit, the most relevant first",
  ]
}

extension CircuitPage.Model.Edge {
  static let meanings: [String: String] = [
    "upper": "what is read: the class, or the address of a channel above",
    "lower": "the address of the channel that it is read from, such as `layer4.1:485`",
    "lowerURL": "that channel's page",
    "relevance": "the mean relevance, in units of the class's score, to three significant digits",
    "spread": "the standard deviation of the relevance",
    "share": "the part of all positive relevance that the upper end has from that layer, such as `12 %`",
  ]
}

extension CircuitPage.Model.Outcome {
  static let meanings: [String: String] = [
    "title": "what was set to zero, such as `without the circuit's channels`, or `as it is`",
    "probability": "the mean probability of the class then, such as `34 %`",
    "spread": "the standard deviation of the probability",
    "bar": "the mean probability from 0 to 100, for a drawing",
    "recognized": "in how many of the pictures the class is the first guess, such as `40 %`",
  ]
}

extension CircuitPage.Model.Channel {
  static let meanings: [String: String] = [
    "title": "how it is addressed, such as `layer4.1:485`",
    "label": "what the exhibition's author calls it; missing if nothing was written",
    "url": "the channel's own page",
    "share": "the part of the class's positive relevance that comes through it, such as `8.2 %`",
    "patches": "the patches of the circuit's own natural pictures that excite it most, six at most",
    "hasPatches": "whether there are such patches",
    "works": "the synthetic pictures of it",
  ]
}
