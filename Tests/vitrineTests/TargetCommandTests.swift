import Foundation
import Imaging
import Testing

/// Targets of every kind, rows and facets, as a user types them.
@Suite(.serialized) struct TargetCommandTests {
  let folder: TestFolder
  let demo = Program.repository + "/content"

  init() throws { folder = try TestFolder() }

  func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: folder.path) }

  @Test func targetsAreTyped() throws {
    let vit = "\(demo)/models/demo-vit"
    for (target, words) in [
      ("class:tiger - 0.5*class:zebra", "activation"),
      ("encoder.layers.encoder_layer_2.self_attention:head1", "activation"),
      ("probability:tiger", "activation -"),
    ] {
      let made = try run(
        "visualize", "--model", vit, "--target", target, "--method", "fourier", "--set", "steps=2", "--set",
        "crops=1",
        "-o", "a.png")
      #expect(made.code == 0 && made.output.contains(words), "\(made.errors) \(made.output)")
    }
    let typo = try run("visualize", "--model", vit, "--target", "class:tiger - class:zebar", "-o", "b.png")
    #expect(typo.code == 1 && typo.errors.contains("did you mean \"zebra\""), "\(typo.errors)")
    let both = try run("visualize", "--model", vit, "--target", "class:1", "--class", "tiger", "-o", "b.png")
    #expect(both.code == 64 && both.errors.contains("either --class, or --target"), "\(both.errors)")
  }

  @Test func rowsAreWritten() throws {
    let model = "\(demo)/models/demo-resnet"
    let made = try run(
      "visualize", "--model", model, "--from", "layer3:5", "--to=class:tiger - class:zebra", "--count", "3",
      "--set",
      "steps=3", "--set", "crops=1", "-o", "row.png")
    #expect(made.code == 0, "\(made.errors)")
    let lines = made.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasPrefix("row-2.png: 50 % layer3, channel 5 (activation "))
    for number in 1...3 { #expect(try Image.read(folder.path + "/row-\(number).png").width == 96) }
    let recipe = try run("inspect", "row-3.png")
    #expect(
      recipe.output.contains("class:18 - class:23") && recipe.output.contains("\"ends\""), "\(recipe.output)")
    for (arguments, message) in [
      (["--from", "layer3:5"], "needs both --from and --to"),
      (["--from", "layer3:5", "--to", "layer3:6", "--count", "1"], "2 to 32 pictures"),
      (["--from", "layer3:5", "--to", "layer3:6", "--method", "vital"], "made by fourier"),
    ] {
      let wrong = try Program.run(
        ["visualize", "--model", model, "-o", "x.png"] + arguments, in: folder.path)
      #expect(wrong.code == 64 && wrong.errors.contains(message), "\(wrong.errors)")
    }
  }

  @Test func exhibitionsShowThem() throws {
    try folder.write(
      "exhibition.yaml",
      """
      models:
        - {name: net, path: \(demo)/models/demo-resnet}
        - {name: vit, path: \(demo)/models/demo-vit}
      references: {folder: \(demo)/references, count: 4}
      classes: [tiger, zebra]
      methods:
        - {name: vital, settings: {steps: 2}}
        - {name: fourier, settings: {steps: 2, crops: 1}}
      seeds: [0, 3]
      snapshots: 0
      units:
        - {model: net, unit: "layer3:5@2,3", methods: [vital, fourier]}
        - {model: net, unit: "class:tiger - 0.5*class:zebra", methods: [vital, fourier]}
        - {model: net, unit: "probability:tiger", methods: [fourier]}
        - {model: vit, unit: "encoder.layers.encoder_layer_2.self_attention:head1@t5", methods: [vital, fourier]}
      interpolations:
        - {name: a row, model: net, from: "layer3:5", to: "layer3:9", count: 3, settings: {steps: 2, crops: 1}}
      facets:
        - {name: sorts of tiger, model: vit, class: tiger, count: 2}
      """)
    let built = try run("build")
    #expect(built.code == 0, "\(built.errors)")
    func page(_ path: String) throws -> String {
      try String(contentsOfFile: folder.path + "/site/" + path, encoding: .utf8)
    }
    let units = try page("units/index.html")
    for title in [
      "layer3, channel 5 at 2,3", "tiger − 0.5 × zebra", "probability of tiger", "head 1, token 5",
    ] {
      #expect(units.contains(title))
    }
    let row = try page("interpolations/a-row/index.html")
    #expect(
      row.contains("Seed 0") && row.contains("Seed 3")
        && row.contains("50\u{A0}% <bdi>layer3, channel 9</bdi>"))
    let facets = try page("facets/sorts-of-tiger/index.html")
    #expect(facets.contains("Facet 2") && facets.contains("0-vit-vital-3/index.html"))
    let again = try run("plan", "--brief")
    #expect(again.output.contains(", 0 missing"), "\(again.output)")
  }
}
