import Foundation
import Testing

@testable import Exhibition

@Suite struct PlannerTests {
  let place: PlanPlace

  init() throws { place = try PlanPlace() }

  static let everything =
    PlanPlace.base + """
      seeds: [0, 1]
      units: [{unit: "layer4:5", methods: [vital, fourier]}, {unit: "layer3:2", methods: fourier}]
      circuits: {name: c, class: tiger, channels: 2, methods: [fourier, vital]}
      concepts: {name: d, class: tiger, count: 3, show: 1, methods: [vital]}
      adversarial: {name: a, from: mushroom, to: tiger}
      """

  func job(_ plan: Plan, _ kind: Record.Kind) throws -> Job {
    try #require(plan.jobs.first { $0.kind == kind })
  }

  func visualization(
    _ plan: Plan, _ subject: Job.Subject, _ method: String, seed: UInt64 = 0, model: String = "net"
  ) -> Job? {
    plan[Job.Key(kind: .visualization, model: model, subject: subject, method: method, seed: seed)]
  }

  /// Once circuit and concept are known, the plan has everything; no job may come before one that it reads.
  @Test func everyJobComesAfterThoseItReads() throws {
    let first = try place.plan(Self.everything)
    try place.finish(job(first, .circuit), PlanPlace.circuit([5, 9]))
    try place.finish(job(first, .concept), PlanPlace.concept)
    let plan = try place.plan(Self.everything)
    #expect(plan.pending.isEmpty)
    var known: Set<String> = []
    var reading = 0
    for job in plan.jobs {
      #expect(known.isSuperset(of: job.recipe.inputs), "\(job.title) comes before what it reads")
      #expect(known.insert(job.identity).inserted, "\(job.title) is there twice")
      reading += job.recipe.inputs.count
    }
    #expect(reading > 10)
    // What was planned before is planned still: findings add jobs and change none.
    #expect(known.isSuperset(of: first.jobs.map(\.identity)))
    #expect(Set(plan.identities.values) == known)
  }

  @Test("Each shown model says what in a class's natural pictures speaks for it, and no judge does")
  func attributionsArePlanned() throws {
    let plan = try place.plan()
    let jobs = plan.jobs.filter { $0.kind == .attribution }
    #expect(jobs.map(\.title) == ["what speaks for mushroom in net", "what speaks for tiger in net"])
    #expect(jobs.allSatisfy { $0.recipe.method == "epsilon-plus-flat" && $0.recipe.count("show") == 4 })
    #expect(jobs.allSatisfy { !$0.sources.isEmpty && $0.recipe.referencesHash != nil })
    let judged = try PlanPlace(models: ["net", "other"])
    let text = PlanPlace.base.replacingOccurrences(
      of: "models: net", with: "models: [net, {name: other, role: judge}]")
    #expect(
      try judged.plan(text).jobs.filter { $0.kind == .attribution }.map(\.recipe.model) == ["net", "net"])
  }

  /// In classes, in units, and in what is announced.
  @Test func methodsWithFewerSeedsMakeFewerPictures() throws {
    let text = Self.everything.replacingOccurrences(
      of: "{steps: 3}}", with: "{steps: 3}, seeds: 0}")
    let plan = try place.plan(text)
    for subject in [Job.Subject.classNamed("tiger"), .channel(layer: "layer4", channel: 5)] {
      #expect(visualization(plan, subject, "vital", seed: 1) != nil)
      #expect(visualization(plan, subject, "fourier", seed: 0) != nil)
      #expect(visualization(plan, subject, "fourier", seed: 1) == nil)
    }
    #expect(plan.pending.map(\.count) == [(2 + 4) * (2 + 1), 1 * 1 * 2])
  }

  @Test func modelsWithFewerSeedsHaveFewerPicturesOfTheirClasses() throws {
    let place = try PlanPlace(models: ["net", "other"])
    let text =
      PlanPlace.base.replacingOccurrences(of: "models: net", with: "models: [net, {name: other, seeds: 1}]")
      + "seeds: [0, 1]\n"
    let pictures = try place.plan(text).jobs.filter {
      $0.kind == .visualization && $0.recipe.method == "fourier"
    }
    let seeds = Dictionary(grouping: pictures, by: \.recipe.model).mapValues {
      Set($0.compactMap(\.recipe.seed))
    }
    #expect(seeds == ["net": [0, 1], "other": [1]])
  }

  @Test func whatFindingsOpenIsAnnouncedWithExamples() throws {
    let plan = try place.plan(Self.everything)
    #expect(plan.pending.map(\.count) == [(2 + 4) * 2 * 2, 1 * 1 * 2])
    #expect(plan.pending[0].examples.map(\.recipe.method) == ["fourier", "vital"])
    #expect(plan.pending[0].parent == (try job(plan, .circuit)).identity)
  }

  /// A unit that is also a circuit's channel, and two names for one method: each picture is made once.
  @Test func whatSeveralExhibitsWantIsMadeOnce() throws {
    let text =
      Self.everything.replacingOccurrences(
        of: "methods: [{name: vital,",
        with: "methods: [{name: same, use: vital, settings: {steps: 5}}, {name: vital,")
    try place.finish(job(try place.plan(text), .circuit), PlanPlace.circuit([5, 9]))
    let plan = try place.plan(text)
    let tiger = Job.Subject.classNamed("tiger")
    let one = try #require(visualization(plan, tiger, "vital"))
    #expect(visualization(plan, tiger, "same")?.identity == one.identity)
    let pictures = plan.jobs.filter { $0.recipe.target.address == "layer4:5" && $0.kind == .visualization }
    #expect(pictures.count == 2 * 2)
    #expect(plan.jobs.filter { $0.recipe.target.address == "layer4:5" && $0.kind == .references }.count == 1)
    #expect(Set(plan.jobs.map(\.identity)).count == plan.jobs.count)
  }

  @Test func otherWeightsChangeEveryIdentity() throws {
    let before = try place.plan(Self.everything)
    let file = place.path + "/models/net/weights.safetensors"
    var data = try Data(contentsOf: URL(fileURLWithPath: file))
    data[data.count - 2] ^= 1
    try data.write(to: URL(fileURLWithPath: file))
    let after = try place.plan(Self.everything)
    #expect(after.jobs.count == before.jobs.count)
    #expect(Set(after.jobs.map(\.identity)).isDisjoint(with: before.jobs.map(\.identity)))
  }

  /// What isn't in the weights' file counts as well: the same numbers see another picture where it is normalized otherwise.
  @Test func anotherPreparationChangesEveryIdentity() throws {
    let before = try place.plan(Self.everything)
    let file = place.path + "/models/net/model.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let changed = text.replacing("mean: [0.485,", with: "mean: [0.5,")
    try #require(changed != text)
    try changed.write(toFile: file, atomically: true, encoding: .utf8)
    let after = try place.plan(Self.everything)
    #expect(after.jobs.count == before.jobs.count)
    #expect(Set(after.jobs.map(\.identity)).isDisjoint(with: before.jobs.map(\.identity)))
  }

  @Test func anotherSettingChangesThatMethodOnly() throws {
    let before = try place.plan()
    let after = try place.plan(PlanPlace.base.replacingOccurrences(of: "steps: 5", with: "steps: 6"))
    for name in ["mushroom", "tiger"] {
      let subject = Job.Subject.classNamed(name)
      #expect(visualization(before, subject, "vital") != nil)
      #expect(
        visualization(before, subject, "vital")?.identity != visualization(after, subject, "vital")?.identity)
      #expect(visualization(before, subject, "fourier") == visualization(after, subject, "fourier"))
    }
    // Opinions are of a picture, and follow it.
    let opinions = { (plan: Plan) in
      Set(plan.jobs.filter { $0.recipe.target.kind == .picture }.map(\.identity))
    }
    #expect(opinions(before).subtracting(opinions(after)).count == 2)
    // To write a default out is no change.
    let written = PlanPlace.base.replacingOccurrences(of: "{steps: 5}", with: "{steps: 5, beta1: 0.5}")
    #expect(try place.plan(written).jobs.map(\.identity) == before.jobs.map(\.identity))
  }

  @Test func anotherReferenceChangesWhatReadsItAndNothingElse() throws {
    let before = try place.plan(Self.everything)
    try place.place.file("references/tiger/1.jpg", "another tiger")
    let after = try place.plan(Self.everything)
    func same(_ subject: Job.Subject, _ method: String) -> Bool {
      visualization(before, subject, method)?.identity == visualization(after, subject, method)?.identity
    }
    #expect(!same(.classNamed("tiger"), "vital"))
    #expect(same(.classNamed("tiger"), "fourier"))
    #expect(same(.classNamed("mushroom"), "vital"))
    // Patches are searched in all pictures; a method that is given patches follows them.
    #expect(!same(.channel(layer: "layer4", channel: 5), "vital"))
    #expect(same(.channel(layer: "layer4", channel: 5), "fourier"))
    let identity = { (plan: Plan, kind: Record.Kind) in plan.jobs.first { $0.kind == kind }?.identity }
    #expect(identity(before, .circuit) != identity(after, .circuit))
    #expect(identity(before, .adversarial) == identity(after, .adversarial))
    // A picture more is another set, too; a file that is no picture is not.
    try place.place.file("references/tiger/notes.txt", "no picture")
    #expect(try place.plan(Self.everything).jobs.map(\.identity) == after.jobs.map(\.identity))
    try place.place.file("references/tiger/9.png", "one more")
    #expect(try place.plan(Self.everything).jobs.map(\.identity) != after.jobs.map(\.identity))
  }

  @Test func titlesChangeNoIdentity() throws {
    let before = try place.plan()
    let after = try place.plan(
      """
      title: Another
      authors: [Somebody]
      site: {footer: Another}
      models: {name: net, title: A better title}
      references: references
      classes: [tiger, mushroom]
      methods:
        - {name: fourier, label: Waves, settings: {steps: 3}}
        - {name: vital, label: Another label, settings: {steps: 5}}
      """)
    #expect(Set(after.jobs.map(\.identity)).symmetricDifference(before.jobs.map(\.identity)).count == 2)
    // Only the accuracy differs, whose references come in another order.
    let accuracy = { (plan: Plan) in plan[Job.Key(kind: .evaluation, model: "net", subject: .model)]?.identity
    }
    #expect(accuracy(before) != accuracy(after))
  }

  @Test func mistakesOfSeveralExhibitsAreAllReported() {
    let faults = place.faults(
      PlanPlace.base + """
        units: [{unit: "layer9:1", methods: fourier}]
        adversarial: {from: tiger, to: tigre}
        """)
    #expect(faults.count == 2)
    #expect(faults.first?.hasPrefix("exhibition.yaml:5:16: no layer \"layer9\"; did you mean") == true)
    #expect(faults.last == "exhibition.yaml:6:32: no class \"tigre\"; did you mean \"tiger\"?")
  }
}
