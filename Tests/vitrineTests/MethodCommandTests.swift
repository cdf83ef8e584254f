import Foundation
import Testing

/// Methods beyond an exhibition's own references, on the command line.
@Suite(.serialized) struct MethodCommandTests {
  let folder: TestFolder
  let demo = Program.repository + "/content"

  init() throws { folder = try TestFolder() }

  func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: folder.path) }

  @Test func magnitudesAreMeasuredAndUsed() throws {
    let made = try run("spectrum", "\(demo)/references", "--size", "32", "--count", "30", "-o", "s.npy")
    #expect(made.code == 0 && made.output.contains("of 30 pictures"), "\(made.errors)")
    // 128 bytes of header, and 3×32×17 numbers.
    let bytes = FileManager.default.contents(atPath: folder.path + "/s.npy")
    #expect(bytes?.count == 6656)
    let model = "\(demo)/models/demo-resnet"
    let picture = try run(
      "visualize", "--model", model, "--class", "tiger", "--method", "maco", "--set", "spectrum=s.npy",
      "--set",
      "steps=2", "--set", "size=48", "-o", "tiger.png")
    #expect(picture.code == 0, "\(picture.errors)")
    let none = try run(
      "visualize", "--model", model, "--class", "tiger", "--method", "maco", "-o", "none.png")
    #expect(none.code == 1 && none.errors.contains("spectrum=1/f"), "\(none.errors)")
    let empty = try run("spectrum", "\(demo)/pages", "-o", "e.npy")
    #expect(empty.code == 1 && empty.errors.contains("no JPEG or PNG"), "\(empty.errors)")
  }

  /// The grid of a class says why a network has no picture by a method.
  @Test func methodsThatANetworkCannotServeAreExplained() throws {
    try folder.write(
      "exhibition.yaml",
      """
      models:
        - {name: net, path: \(demo)/models/demo-resnet}
        - {name: vit, path: \(demo)/models/demo-vit}
      references: {folder: \(demo)/references, count: 2}
      classes: [mushroom]
      methods:
        - {name: deep-inversion, settings: {batch: 2, coarse_steps: 1, steps: 2}}
        - {name: plug-in-inversion, settings: {batch: 1, sizes: 2, steps: 1}}
        - {name: maco, settings: {steps: 2, crops: 1}}
      """)
    let plan = try run("plan")
    #expect(plan.output.contains("deep-inversion is left out for vit"), "\(plan.output)")
    let built = try run("build")
    #expect(built.code == 0, "\(built.errors)")
    let page = try String(contentsOfFile: folder.path + "/site/classes/mushroom/index.html", encoding: .utf8)
    #expect(page.contains("be used here: ") && page.contains("no batch normalization"))
    // What can't be made isn't missing.
    #expect(!built.output.contains("missing"), "\(built.output)")
    let entrance = try String(contentsOfFile: folder.path + "/site/index.html", encoding: .utf8)
    #expect(!entrance.contains("are missing"))
    let method = try String(contentsOfFile: folder.path + "/site/methods/maco/index.html", encoding: .utf8)
    #expect(method.contains("crop_deviation") && method.contains("2306.06805"))
  }
}
