import Foundation
import Testing
import Visualization

@testable import Exhibition

/// Methods that not every network can serve, and methods that want the magnitudes of natural pictures.
@Suite struct MethodPlanTests {
  let place: PlanPlace

  init() throws {
    place = try PlanPlace()
    let vit = PlanPlace.demo.replacingOccurrences(of: "demo-resnet", with: "demo-vit")
    try FileManager.default.copyItem(atPath: vit, toPath: place.path + "/models/vit")
  }

  private func text(_ models: String, _ methods: String, references: Bool = true) -> String {
    """
    models: \(models)
    \(references ? "references: references" : "")
    classes: [mushroom, tiger]
    methods: \(methods)

    """
  }

  @Test func aMethodIsLeftOutForANetworkThatCannotServeIt() throws {
    let plan = try place.plan(text("[net, vit]", "[deep-inversion, plug-in-inversion]"))
    #expect(plan.refusals.map(\.model) == ["vit"])
    #expect(plan.refusals.map(\.method) == ["deep-inversion"])
    #expect(plan.refusals[0].reason.contains("no batch normalization"))
    let made = plan.jobs.filter { $0.kind == .visualization }.map {
      "\($0.recipe.model) \($0.recipe.method ?? "")"
    }
    #expect(Set(made) == ["net deep-inversion", "net plug-in-inversion", "vit plug-in-inversion"])
  }

  @Test func aMethodThatNoNetworkCanServeIsAMistake() throws {
    let faults = place.faults(text("[vit]", "[deep-inversion]"))
    #expect(faults.count == 1)
    #expect(
      faults[0].contains("exhibition.yaml:4") && faults[0].contains("can't work with any of the models"))
    // Unless nobody asked for it.
    let all = text("[vit]", "[deep-inversion]").split(separator: "\n").filter { !$0.hasPrefix("methods") }
    let plan = try place.plan(all.joined(separator: "\n") + "\n")
    #expect(plan.jobs.contains { $0.recipe.method == "vital" })
    #expect(!plan.jobs.contains { $0.recipe.method == "deep-inversion" })
  }

  @Test func magnitudesAreThoseOfAllReferences() throws {
    let maco = { (plan: Plan) in plan.jobs.filter { $0.recipe.method == "maco" } }
    let jobs = maco(try place.plan(text("net", "[maco]")))
    #expect(jobs.count == 2 && jobs.allSatisfy { $0.sources.count == 6 && $0.recipe.referencesHash != nil })
    #expect(Set(jobs.map(\.recipe.referencesHash)).count == 1)
    #expect(jobs.allSatisfy { $0.command.hasPrefix("vitrine run") })
    try place.place.file("references/tiger/0.jpg", "another tiger")
    let changed = maco(try place.plan(text("net", "[maco]")))
    #expect(Set(changed.map(\.identity)).isDisjoint(with: jobs.map(\.identity)))
  }

  @Test func magnitudesOfAFileAndNone() throws {
    try place.place.file("spectrum.npy", "some numbers")
    let file = "[{name: maco, settings: {spectrum: spectrum.npy}}]"
    let plan = try place.plan(text("net", file, references: false))
    let job = try #require(plan.jobs.first { $0.recipe.method == "maco" })
    #expect(job.sources.map(\.name) == ["spectrum.npy"] && job.recipe.referencesHash != nil)
    let none = try place.plan(text("net", "[{name: maco, settings: {spectrum: 1/f}}]", references: false))
    #expect(
      none.jobs.allSatisfy {
        $0.sources.isEmpty && $0.command.hasPrefix("vitrine visualize") || $0.recipe.method == nil
      })
    #expect(place.faults(text("net", "[maco]", references: false)).count == 1)
    let missing = place.faults(text("net", "[{name: maco, settings: {spectrum: other.npy}}]"))
    #expect(missing.count == 1 && missing[0].contains("other.npy"))
  }
}
