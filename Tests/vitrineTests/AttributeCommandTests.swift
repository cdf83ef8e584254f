import Foundation
import Imaging
import Testing

/// Heat maps, as a user asks for them.
@Suite(.serialized) struct AttributeCommandTests {
  let folder: TestFolder
  let demo = Program.repository + "/content"

  init() throws { folder = try TestFolder() }

  func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: folder.path) }

  @Test(
    "The class that the network sees is attributed, by rules that suit the family",
    arguments: [
      ("demo-resnet", "epsilon-plus-flat"), ("demo-vit", "attention"), ("demo-densenet", "epsilon-plus-flat"),
    ])
  func maps(_ model: String, _ rules: String) throws {
    let made = try run(
      "attribute", "--model", "\(demo)/models/\(model)", "--image", "\(demo)/references/tiger/003.jpg", "-o",
      "map.png")
    #expect(
      made.code == 0 && made.output.contains("map.png: tiger by \(rules)"), "\(made.errors) \(made.output)")
    let map = try Image.read(folder.path + "/map.png")
    #expect(map.width == 96 && map.channels == 3)
    // The tiger's face is in the middle, and what speaks for it is red.
    func red(_ x: Range<Int>, _ y: Range<Int>) -> Float {
      var sum: Float = 0
      for row in y { for column in x { sum += map[0, row, column] - map[2, row, column] } }
      return sum / Float(x.count * y.count)
    }
    #expect(red(24..<72, 24..<72) > 0.03 && red(24..<72, 24..<72) > 3 * red(0..<12, 0..<96))
  }

  @Test func figuresAreGiven() throws {
    let made = try run(
      "attribute", "--model", "\(demo)/models/demo-resnet", "--image", "\(demo)/references/zebra/001.jpg",
      "--target",
      "layer3:5", "--method", "vital", "--overlay", "--json", "-o", "map.png")
    #expect(made.code == 0, "\(made.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
    let (start, sum) = (found?["start"] as? Double ?? 0, found?["sum"] as? Double ?? 1)
    #expect(found?["method"] as? String == "vital" && abs(start - sum) < 0.02 * abs(start))
  }

  @Test func mistakesAreExplained() throws {
    let picture = "\(demo)/references/tiger/003.jpg"
    for (arguments, code, message) in [
      (
        ["--model", "\(demo)/models/demo-resnet", "--method", "epsilon-plus-flatt"], 64,
        "did you mean \"epsilon-plus-flat\""
      ),
      (["--model", "\(demo)/models/demo-resnet", "--target", "class:tigr"], 1, "did you mean \"tiger\""),
      (["--model", "\(demo)/models/demo-vit", "--method", "vital"], 1, "use \"attention\""),
      (
        ["--model", "\(demo)/models/demo-resnet", "--target", "layer3:5 - layer2:1"], 1,
        "attribute each by itself"
      ),
    ] as [([String], Int32, String)] {
      let wrong = try Program.run(
        ["attribute", "--image", picture, "-o", "map.png"] + arguments, in: folder.path)
      #expect(wrong.code == code && wrong.errors.contains(message), "\(wrong.code) \(wrong.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/map.png"))
    }
  }
}
