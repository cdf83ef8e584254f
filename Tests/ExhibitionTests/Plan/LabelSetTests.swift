import Foundation
import Testing

@testable import Exhibition

/// Models that were trained on other classes.
@Suite struct LabelSetTests {
  let place: PlanPlace

  static let text = PlanPlace.base.replacingOccurrences(of: "models: net", with: "models: [net, judge]")

  /// The judge knows a lynx where the first model knows a tiger.
  init() throws {
    place = try PlanPlace(models: ["net", "judge"])
    try rename("tiger", to: "lynx", in: "judge")
  }

  func rename(_ label: String, to other: String, in model: String) throws {
    let file = place.path + "/models/\(model)/labels.txt"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let lines = text.components(separatedBy: "\n").map { $0 == label ? other : $0 }
    #expect(lines.contains(other))
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
  }

  @Test func classesThatAModelDoesNotKnowAreLeftOutForIt() throws {
    let plan = try place.plan(Self.text)
    #expect(plan.leftOut.map(\.model) == ["judge"])
    #expect(plan.leftOut.map(\.className) == ["tiger"])
    #expect(plan.leftOut[0].reason.hasPrefix("no class \"tiger\""))
    #expect(plan.isLeftOut("tiger", in: "judge") && !plan.isLeftOut("tiger", in: "net"))
    let made = plan.jobs.filter { $0.kind == .visualization }.map {
      "\($0.recipe.model) \($0.recipe.target.address)"
    }
    #expect(Set(made) == ["net class:mushroom", "net class:tiger", "judge class:mushroom"])
    // Tigers are judged by who knows tigers, mushrooms by both.
    let opinions = plan.jobs.filter { $0.recipe.target.kind == .picture }
    #expect(opinions.filter { $0.recipe.target.label == "tiger" }.allSatisfy { $0.recipe.model == "net" })
    #expect(opinions.filter { $0.recipe.target.label == "mushroom" && $0.recipe.model == "judge" }.count == 4)
    let accuracy = try #require(plan[Job.Key(kind: .evaluation, model: "judge", subject: .model)])
    #expect(accuracy.sources.allSatisfy { $0.name.hasPrefix("mushroom/") })
  }

  @Test func whatAllKnowIsWhatItWasWithoutTheOther() throws {
    let alone = try place.plan()
    let together = try place.plan(Self.text)
    #expect(Set(together.jobs.map(\.identity)).isSuperset(of: alone.jobs.map(\.identity)))
  }

  @Test func referencesAreShownByAModelThatKnowsTheClass() throws {
    let plan = try place.plan(Self.text.replacingOccurrences(of: "[net, judge]", with: "[judge, net]"))
    #expect(plan[Job.Key(kind: .references, model: "net", subject: .classNamed("tiger"))] != nil)
    #expect(plan[Job.Key(kind: .references, model: "judge", subject: .classNamed("mushroom"))] != nil)
  }

  @Test func aClassThatNoModelKnowsIsAMistake() throws {
    try rename("tiger", to: "tigers", in: "net")
    let faults = place.faults(Self.text)
    #expect(faults.count == 1)
    #expect(
      faults[0].hasPrefix(
        "exhibition.yaml:3:21: net: no class \"tiger\"; did you mean \"tigers\"?; judge: no class"))
  }

  @Test func aModelThatKnowsNoneOfThemStillTakesPart() throws {
    try rename("mushroom", to: "toadstool", in: "judge")
    let plan = try place.plan(Self.text + "units: [{model: judge, unit: \"layer3:2\", methods: fourier}]\n")
    #expect(plan.leftOut.count == 2)
    #expect(plan[Job.Key(kind: .evaluation, model: "judge", subject: .model)] == nil)
    #expect(plan.jobs.contains { $0.recipe.model == "judge" && $0.kind == .visualization })
  }

  /// What names its model must be known to it.
  @Test func exhibitsOfAModelNeedClassesThatItKnows() {
    let faults = place.faults(
      Self.text + """
        circuits: {model: judge, class: tiger, methods: fourier}
        adversarial: {model: judge, from: tiger, to: mushroom}
        """)
    #expect(faults.count == 2)
    #expect(faults.first?.hasPrefix("exhibition.yaml:5:") == true)
    #expect(faults.last?.hasPrefix("exhibition.yaml:6:") == true)
    #expect(faults.allSatisfy { $0.contains("no class \"tiger\"") })
  }
}
