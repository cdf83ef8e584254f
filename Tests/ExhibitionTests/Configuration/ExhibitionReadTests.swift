import Foundation
import Testing

@testable import Exhibition

@Suite struct ExhibitionReadTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.folders(
      "models/first", "models/second", "references/zebra", "references/white-shark", "references/tiger")
  }

  func parse(_ text: String) throws -> Exhibition {
    try Exhibition.parse(text, path: place.path + "/exhibition.yaml", methods: MethodFacts.examples)
  }

  /// The messages without the folder, which differs from run to run.
  func faults(_ text: String) -> [String] {
    do {
      _ = try parse(text)
      return []
    } catch {
      return "\(error)".replacingOccurrences(of: place.path + "/", with: "").components(separatedBy: "\n")
    }
  }

  @Test func minimalExhibitionHasAllDefaults() throws {
    let exhibition = try parse("models: first\nclasses: zebra\nmethods: fourier\n")
    #expect(exhibition.models.map(\.name) == ["first"])
    #expect(exhibition.classes.map(\.slug) == ["zebra"])
    #expect(exhibition.methods.map(\.title) == ["Fourier"])
    #expect(exhibition.seeds == [0])
    #expect(exhibition.precision == .float32)
    #expect(exhibition.references == nil)
  }

  @Test func methodsDefaultToThoseThatCanRun() throws {
    let without = try parse("models: first\nclasses: zebra\n")
    #expect(without.methods.map(\.name) == ["fourier", "activation-maximization"])
    let with = try parse("models: first\nclasses: zebra\nreferences: references\n")
    #expect(with.methods.map(\.name) == ["vital", "fourier", "activation-maximization"])
    #expect(with.classes[0].references == place.path + "/references/zebra")
  }

  @Test func wholeExhibitionIsRead() throws {
    let exhibition = try parse(
      """
      title: What they see
      authors: [A, B]
      licence: CC BY 4.0
      models:
        - first
        - {name: other, path: models/second, title: "Second: better"}
      references: {folder: references, count: 20}
      classes: [zebra, white shark, {name: cat, references: tiger}]
      methods:
        - vital
        - name: vital-soft
          use: vital
          label: VITAL, softer
          settings: {total_variation: 1e-3, layer_weights: [1, 1, 0.1], clip: true, mode: six}
          models: {other: {total_variation: 0.01}}
          inner: {relevance: none, models: {other: {steps: 7}}}
        - {name: fourier, seeds: 0}
      seeds: [0, 7]
      snapshots: 5
      precision: bf16
      units: ["layer4.1:3", {model: other, unit: "encoder:2", methods: fourier}]
      interpolations:
        - {from: "layer3:5", to: "class:zebra - class:cat"}
        - {name: Two, model: other, from: a:1, to: a:2, count: 7, settings: {steps: 50}}
      facets: [{class: zebra}, {name: Cats, model: other, class: cat, count: 4, methods: vital-soft}, {unit: "layer3:5", patches: 200}]
      labels: {first: {"layer4.1:3": dark lens}}
      ablations:
        - method: vital
          classes: [zebra, cat]
          variants: [as it is, {label: half, settings: {steps: 9}, precision: bf16, transparency: true}]
      circuits: {class: white shark, channels: 4}
      concepts: [{name: Stripes, class: zebra, count: 8, show: 2, methods: [fourier]}]
      adversarial: {name: spotless, from: zebra, reference: 3, to: tiger, settings: {steps: 100}}
      site: {address: "https://example.org/x", footer: Made here, language: de-AT}
      """)
    #expect(exhibition.models[1].path == place.path + "/models/second")
    #expect(exhibition.classes[2].references == place.path + "/references/tiger")
    #expect(exhibition.classes[1].references == place.path + "/references/white-shark")
    let soft = exhibition.methods[1]
    #expect(soft.use == "vital" && soft.title == "VITAL, softer")
    #expect(
      soft.settings == [
        "total_variation": .number(1e-3), "layer_weights": .numbers([1, 1, 0.1]), "clip": .flag(true),
        "mode": .text("six"),
      ])
    #expect(soft.modelSettings == ["other": ["total_variation": .number(0.01)]])
    #expect(soft.innerSettings == ["relevance": .text("none")] && !soft.isInnerOnly)
    #expect(soft.innerModelSettings == ["other": ["steps": .number(7)]])
    #expect(
      soft.written(for: "other", isInner: true).own == ["relevance": .text("none"), "steps": .number(7)])
    #expect(soft.written(for: "first", isInner: false).own.isEmpty)
    #expect(exhibition.methods.map { exhibition.seeds(of: $0) } == [[0, 7], [0, 7], [0]])
    #expect(exhibition.units[0].methods == ["fourier"])
    #expect(exhibition.units[1].model == "other")
    #expect(exhibition.interpolations.map(\.name) == ["layer3:5 to class:zebra - class:cat in first", "Two"])
    #expect(
      exhibition.interpolations.map(\.count) == [5, 7] && exhibition.interpolations[1].model == "other")
    #expect(exhibition.interpolations[1].settings == ["steps": .number(50)])
    #expect(exhibition.facets[0].methods == ["vital", "vital-soft"])
    #expect(exhibition.facets[0].subject == .className("zebra", count: 3))
    #expect(
      exhibition.facets[2].subject
        == .unit("layer3:5", patches: 200, vectors: "relevance", count: nil))
    #expect(exhibition.labels.map(\.label) == ["dark lens"] && exhibition.labels[0].address == "layer4.1:3")
    #expect(exhibition.circuits[0].depth == 2)
    #expect(exhibition.facets[1].slug == "cats" && exhibition.facets[1].methods == ["vital-soft"])
    let ablation = exhibition.ablations[0]
    #expect(ablation.name == "vital in first" && ablation.classes == ["zebra", "cat"])
    #expect(ablation.variants.map(\.label) == ["as it is", "half"] && ablation.variants[0].precision == nil)
    let half = ablation.variants[1]
    #expect(half.precision == .bfloat16 && half.isCutOut && half.settings == ["steps": .number(9)])
    #expect(exhibition.circuits[0].name == "white shark in first")
    #expect(exhibition.concepts[0].show == 2)
    #expect(exhibition.adversarials[0].reference == 3)
    #expect(exhibition.site.address == "https://example.org/x/")
  }

  /// A hostile or mistaken configuration and what the user is told.
  static let mistakes: [(yaml: String, messages: [String])] = [
    (
      "models: first\nclasses: zebra\nmethods: [vitl]\n",
      ["exhibition.yaml:3:11: unknown method \"vitl\"; did you mean \"vital\"?"]
    ),
    (
      "models: [{name: first, role: juge}]\nclasses: zebra\n",
      ["exhibition.yaml:1:30: \"juge\" is no role (shown, judge); did you mean \"judge\"?"]
    ),
    (
      "models: [{name: first, seeds: [0, 3]}]\nclasses: zebra\nseeds: [0, 1]\n",
      [
        "exhibition.yaml:1:35: seed 3 is none of the exhibition's seeds (0, 1); add it there, or leave it out"
      ]
    ),
    (
      "models: [{name: first, role: judge}]\nclasses: zebra\n",
      ["exhibition.yaml:1:9: all models are judges; at least one must be shown"]
    ),
    (
      "modles: first\nclasses: zebra\n",
      [
        "exhibition.yaml:1:1: the exhibition needs \"models\"",
        "exhibition.yaml:1:1: unknown key \"modles\" in the exhibition; did you mean \"models\"?",
      ]
    ),
    (
      "models: first\nclasses: zebra\nseeds: [one, 2, 2]\nsnapshots: many\nprecision: fp8\n",
      [
        "exhibition.yaml:3:9: an entry of \"seeds\" must be a whole number from 0, but this is \"one\"",
        "exhibition.yaml:3:17: seed 2 is listed twice; remove one of them",
        "exhibition.yaml:4:12: \"snapshots\" must be a whole number, but this is \"many\"",
        "exhibition.yaml:5:12: unknown precision \"fp8\"; it is fp32 or bf16",
      ]
    ),
    (
      "models: first\nclasses: zebra\nseeds: [3, 4]\nmethods: [{name: fourier, seeds: [4, 5]}]\n",
      [
        "exhibition.yaml:4:34: \"seeds\" lacks the exhibition's first seed, 3, which studies and ablations show; add it",
        "exhibition.yaml:4:38: seed 5 is none of the exhibition's seeds (3, 4); add it there, or leave it out",
      ]
    ),
    (
      "models: first\ntitle: A\nclasses: zebra\ntitle: B\n",
      ["exhibition.yaml:4:1: key \"title\" appears twice; remove one of them"]
    ),
    (
      "models: first\nclasses: [zebra, Zebra, zebra]\nmethods: fourier\n",
      [
        "exhibition.yaml:2:18: class \"Zebra\" would have the same address as \"zebra\" on line 2 (\"zebra\"); "
          + "rename one of them",
        "exhibition.yaml:2:25: class \"zebra\" is listed twice (first on line 2); remove one of them",
      ]
    ),
    (
      "models: fisrt\nclasses: zebra\n",
      ["exhibition.yaml:1:9: there is no model models/fisrt; did you mean \"first\"?"]
    ),
    (
      "models: first\nclasses: zebra\nreferences: ../../etc\n",
      [
        "exhibition.yaml:3:13: \"../../etc\" climbs out of the exhibition's folder; give the complete path to use "
          + "what lies elsewhere"
      ]
    ),
    (
      "models: first\nclasses: zebra\nintroduction: /etc/passwd\ntemplates: models/../../..\n",
      [
        "exhibition.yaml:3:15: \"introduction\" must be in the exhibition's folder; \"/etc/passwd\" is not",
        "exhibition.yaml:4:12: \"models/../../..\" climbs out of the exhibition's folder; move the file there",
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: [zebra, {name: cat, references: ../../x}]\n",
      ["exhibition.yaml:3:42: \"../../x\" must be the name of a folder in references"]
    ),
    (
      "models: first\nreferences: references\nclasses: [zebr]\n",
      [
        "exhibition.yaml:3:11: there are no references of \"zebr\": no folder references/zebr; did you mean \"zebra\"?"
      ]
    ),
    (
      "models: first\nclasses: zebra\nmethods: vital\n",
      [
        "exhibition.yaml:3:10: method \"vital\" needs reference pictures; add \"references\" with their folder"
      ]
    ),
    (
      "a: &a [x, x]\nb: &b [*a, *a]\nmodels: *b\n",
      [
        "exhibition.yaml:1:4: YAML anchor \"&a\": anchors and aliases are not supported; write the value out, "
          + "or put it in quotes if it is text"
      ]
    ),
    (
      "models: first\nclasses: [zebra\nmethods: vital\n",
      ["exhibition.yaml:3:8: this is not YAML: did not find expected ',' or ']'"]
    ),
    ("", ["exhibition.yaml:1:1: the file is empty; at least models, classes and methods belong here"]),
    (
      "- models\n",
      [
        "exhibition.yaml:1:1: the exhibition must be keys with values ("
          + ExhibitionReader.keys.joined(separator: ", ") + "), but this is a list"
      ]
    ),
    ("models: first\n", ["exhibition.yaml:1:1: nothing to show; add classes or units"]),
    (
      "models: []\nclasses: zebra\n", ["exhibition.yaml:1:9: an exhibition needs at least one model"]
    ),
    (
      "models: first\nclasses: zebra\ncircuits: {class: zebar, model: frist}\n",
      [
        "exhibition.yaml:3:33: unknown model \"frist\"; did you mean \"first\"?"
      ]
    ),
    (
      "models: first\nclasses: zebra\nadversarial: {from: zebra, to: zebra}\nreferences: references\n",
      ["exhibition.yaml:3:32: \"to\" is the class that the picture already shows; name another one"]
    ),
    (
      "models: first\nclasses: zebra\nmethods: [{name: fourier, settings: {steps: [1, x]}, models: {frist: {a: 1}}}]\n",
      [
        "exhibition.yaml:3:45: \"steps\" must be a list of numbers, but this is a list",
        "exhibition.yaml:3:63: unknown model \"frist\"; did you mean \"first\"?",
      ]
    ),
    (
      "models: first\nclasses: zebra\nsite: {address: javascript:alert(1), language: \"<b>\"}\n",
      [
        "exhibition.yaml:3:17: \"javascript:alert(1)\" is no web address; write one that starts with https://",
        "exhibition.yaml:3:48: \"<b>\" is no language tag; write one such as en or de-AT",
      ]
    ),
    (
      "models: first\nclasses: zebra\nunits: [\"a:1\", \"a:1\"]\n",
      ["exhibition.yaml:3:16: unit a:1 of first is listed twice; remove one of them"]
    ),
    (
      "models: first\nclasses: zebra\ninterpolations: [{from: a:1}, {from: a:1, to: a:1}, {from: a:1, to: b:1, count: 1}]\n",
      [
        "exhibition.yaml:3:18: an entry of \"interpolations\" needs \"to\"",
        "exhibition.yaml:3:47: \"to\" is the address that the row begins with; name another one",
        "exhibition.yaml:3:81: \"count\" is 1; it must be from 2 to 32",
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: zebra\nmethods: [fourier, vital]\n"
        + "facets: [{class: zebra, methods: fourier}, {class: zebar}, {name: b, class: zebra, count: 1}]\n",
      [
        "exhibition.yaml:5:34: method \"fourier\" doesn't match natural pictures, so all facets would look the same; "
          + "take one of vital",
        "exhibition.yaml:5:52: \"zebar\" is none of the exhibition's classes; did you mean \"zebra\"?",
        "exhibition.yaml:5:91: \"count\" is 1; it must be from 2 to 64",
      ]
    ),
    (
      "models: first\nclasses: zebra\nmethods: fourier\nablations: [{method: fourir, variants: [a]}, "
        + "{method: fourier, variants: [a, a, {label: b, precision: fp8, transparency: maybe}]}, {variants: [a]}]\n",
      [
        "exhibition.yaml:4:22: the exhibition has no method \"fourir\"; did you mean \"fourier\"?",
        "exhibition.yaml:4:78: the variant \"a\" is listed twice; rename one of them",
        "exhibition.yaml:4:103: unknown precision \"fp8\"; it is fp32 or bf16",
        "exhibition.yaml:4:122: \"transparency\" must be true or false, but this is \"maybe\"",
        "exhibition.yaml:4:132: an entry of \"ablations\" needs \"method\"",
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: zebra\nmethods: fourier\nfacets: {class: zebra}\n",
      [
        "exhibition.yaml:5:9: facets need a method that matches natural pictures; add one to \"methods\": vital"
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: zebra\nmethods: [fourier, {use: vital, for: inner}, "
        + "{name: a, use: fourier, for: neurons}]\n\nablations: {method: vital, variants: [a]}\n",
      [
        "exhibition.yaml:4:75: \"neurons\" is nothing that a method is for (all, inner)",
        "exhibition.yaml:6:21: method \"vital\" is for neurons only, and an ablation shows classes",
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: zebra\nmethods: vital\nlabels: {second: {a: b}}\n"
        + "facets: [{class: zebra, patches: 3}, {class: zebra, unit: a}, {unit: a, vectors: relevanse}]\n",
      [
        "exhibition.yaml:5:10: unknown model \"second\"",
        "exhibition.yaml:6:34: \"patches\" is for the facets of a unit; a class has whole pictures",
        "exhibition.yaml:6:46: facets are of a class or of a unit; remove one of them",
        "exhibition.yaml:6:82: patches can't be told apart by \"relevanse\" (relevance, activation); did you mean \"relevance\"?",
      ]
    ),
    (
      "models: first\nreferences: references\nclasses: zebra\nmethods: fourier\nseeds: [0, 1]\nconcepts: [{count: 3}, "
        + "{class: zebra, file: a.npy}, {class: zebra, layer: a}, {file: a.npy}, {file: a.npy, layer: a}, "
        + "{with: references, layer: a}, {with: references, without: references, layer: a}]\n"
        + "units: [{unit: a, seeds: 1}, {unit: b, seeds: [0, 5]}]\n",
      [
        "exhibition.yaml:6:12: an entry of \"concepts\" needs \"class\"",
        "exhibition.yaml:6:24: a concept is of a class (\"class\"), of a file's directions (\"file\"), or from pictures "
          + "without something to pictures with it (\"with\" and \"without\"); write one of the three",
        "exhibition.yaml:6:75: a class's concepts are found before its classifier; remove \"layer\"",
        "exhibition.yaml:6:79: an entry of \"concepts\" needs \"layer\"",
        "exhibition.yaml:6:101: there is no file a.npy",
        "exhibition.yaml:6:119: an entry of \"concepts\" needs \"without\"",
        "exhibition.yaml:6:149: \"with\" and \"without\" are the same folder; name two",
        "exhibition.yaml:7:26: \"seeds\" lacks the exhibition's first seed, 0, which studies and ablations show; add it",
        "exhibition.yaml:7:51: seed 5 is none of the exhibition's seeds (0, 1); add it there, or leave it out",
      ]
    ),
    (
      "models: first\nreferences: {folder: references, publish: thumbnails}\nclasses: zebra\nmethods: fourier\n",
      [
        "exhibition.yaml:2:43: pictures can't be published \"thumbnails\" (full, thumbnail, none); did you mean "
          + "\"thumbnail\"?"
      ]
    ),
    (
      "models: first\nclasses: {zebra: 1}\n",
      [
        "exhibition.yaml:2:10: \"classes\" needs \"name\"",
        "exhibition.yaml:2:11: unknown key \"zebra\" in \"classes\"; known: name, references",
      ]
    ),
  ]

  @Test(arguments: mistakes.indices) func mistakesAreExplained(_ index: Int) {
    let (yaml, messages) = Self.mistakes[index]
    #expect(faults(yaml) == messages)
  }

  @Test(.timeLimit(.minutes(10))) func billionLaughsAreRefusedAtOnce() {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(faults("\(bomb)? *a40\n: 1\n").count == 1)
  }

  @Test(.timeLimit(.minutes(10))) func deepNestingIsRefused() {
    #expect(faults("models: " + String(repeating: "[", count: 100_000)).count == 1)
    #expect(faults(String(repeating: "- ", count: 100_000)).count == 1)
  }

  /// Whatever is done to a good file, the answer is an exhibition or a message with a place, never a crash.
  @Test func damagedTextsAreSurvived() throws {
    let good =
      "models: first\nclasses: [zebra, {name: cat, references: tiger}]\nreferences: references\nseeds: [1]\n"
    var random = SystemRandomNumberGenerator.seeded(7)
    for _ in 0..<500 {
      var bytes = Array(good.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 9...126, using: &random)
      }
      for fault in faults(String(decoding: bytes, as: UTF8.self)) {
        #expect(
          fault.range(of: #"^exhibition\.yaml:\d+:\d+: ."#, options: .regularExpression) != nil, "\(fault)")
      }
    }
  }
}

/// A small generator for tests (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SystemRandomNumberGenerator {
  static func seeded(_ seed: UInt64) -> SeededGenerator { SeededGenerator(state: seed) }
}
