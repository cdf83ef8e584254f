import Exhibition

/// How a result was made, in full: what the label folds away.
struct RecipeModel: SharedPageModel {
  var command: String
  var facts: [FactModel]
  var settings: [FactModel]
  var hasSettings: Bool

  static let partName = "recipe"
  static let partPurpose = "How a result was made, in full: `partials/recipe.html` folds it away."
  static let meanings: [String: String] = [
    "command": "the command that makes the same result again, in one line",
    "facts":
      "what it was made from: network, method, target, seed, digests of weights and references, and the like",
    "settings": "the settings in force by their names, those left at their defaults among them",
    "hasSettings": "whether making it took any settings",
  ]

  init(record: Record) {
    let recipe = record.recipe
    command = record.command
    var facts = [FactModel(name: "Model", value: recipe.model)]
    if let method = recipe.method { facts.append(FactModel(name: "Method", value: method)) }
    facts.append(FactModel(name: "Target", value: recipe.target.address))
    if let seed = recipe.seed { facts.append(FactModel(name: "Seed", value: String(seed))) }
    if let size = recipe.size { facts.append(FactModel(name: "Size", value: "\(size) × \(size) pixels")) }
    facts.append(FactModel(name: "Precision", value: recipe.precision))
    facts.append(FactModel(name: "Weights", value: "sha256 " + recipe.weightsHash))
    if let hash = recipe.referencesHash {
      facts.append(FactModel(name: "References", value: "sha256 " + hash))
    }
    facts.append(FactModel(name: "Identity", value: record.identity))
    facts.append(FactModel(name: "Made with", value: "Vitrine \(record.version)"))
    self.facts = facts
    settings = recipe.settings.keys.sorted().map {
      FactModel(name: $0, value: recipe.settings[$0]?.description ?? "")
    }
    hasSettings = !settings.isEmpty
  }
}
