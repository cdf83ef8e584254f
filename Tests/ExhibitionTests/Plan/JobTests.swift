import Testing

@testable import Exhibition

@Suite struct JobTests {
  func recipe(_ change: (inout Record.Recipe) -> Void = { _ in }) -> Record.Recipe {
    var recipe = Record.Recipe(
      model: "demo", weightsHash: "abc", networkHash: "ghi", method: "vital",
      settings: ["steps": .number(2000), "layer_weights": .numbers([0.1, 1]), "clip": .flag(true)],
      target: Record.Target(kind: .classLogit, classIndex: 3, label: "zebra", address: "class:zebra"),
      seed: 0,
      size: 96, referencesHash: "def", snapshots: 12, numerics: 1)
    change(&recipe)
    return recipe
  }

  /// The identity is a promise to every store in the world: it must not change by accident.
  @Test func identityIsStable() {
    #expect(
      recipe().json
        == #"{"inputs":[],"method":"vital","model":"demo","network_hash":"ghi","numerics":1,"precision":"fp32","#
        + #""references_hash":"def","seed":0,"settings":{"clip":true,"layer_weights":[0.1,1],"steps":2000},"#
        + #""size":96,"snapshots":12,"target":{"address":"class:zebra","class_index":3,"kind":"class","#
        + #""label":"zebra"},"weights_hash":"abc"}"#)
    let job = Job(kind: .visualization, recipe: recipe(), title: "a") { _ in "" }
    #expect(job.identity == "6c4191b404de79cc2686a57f04ea76af37c3d1b2b26884a45b6adc65dc843f25")
  }

  @Test func everythingThatMattersChangesTheIdentity() {
    let changes: [(inout Record.Recipe) -> Void] = [
      { _ in }, { $0.model = "other" }, { $0.weightsHash = "x" }, { $0.networkHash = "x" },
      { $0.method = "fourier" },
      { $0.settings["steps"] = .number(2001) }, { $0.settings["clip"] = nil }, { $0.target.classIndex = 4 },
      { $0.seed = 1 }, { $0.size = 97 }, { $0.precision = "bf16" }, { $0.referencesHash = "x" },
      { $0.snapshots = 3 }, { $0.inputs = ["x"] }, { $0.numerics = 2 },
    ]
    let identities = changes.map { Job.identity(kind: .visualization, recipe: recipe($0)) }
    #expect(Set(identities).count == changes.count)
    #expect(Job.identity(kind: .circuit, recipe: recipe()) != identities[0])
  }

  /// Pictures by the fast Fourier transform have other last digits; all others keep their identities.
  @Test func onlyLargeSpectraHaveNewNumerics() {
    func numerics(_ size: Double?) -> Int {
      Job(
        kind: .visualization, recipe: recipe { $0.settings["size"] = size.map { .number($0) } }, title: "a"
      ) { _ in "" }.recipe.numerics
    }
    #expect([nil, 224, 255].map(numerics) == [1, 1, 1])
    #expect([256, 1024].map(numerics) == [2, 2])
  }

  @Test func titlesDoNotMatter() {
    let a = Job(kind: .visualization, recipe: recipe(), title: "a") { _ in "x" }
    let b = Job(kind: .visualization, recipe: recipe(), title: "b") { _ in "y" }
    #expect(a.identity == b.identity)
  }
}
