import Foundation
import Imaging
import Testing

/// The search for patches, as a user asks for it.
@Suite(.serialized) struct PatchesCommandTests {
  let folder: TestFolder
  let demo = Program.repository + "/content"

  init() throws {
    folder = try TestFolder()
    for name in ["tiger", "zebra", "piano"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/pictures/\(name)", withIntermediateDirectories: true)
      for number in 0..<3 {
        try FileManager.default.copyItem(
          atPath: "\(demo)/references/\(name)/00\(number).jpg",
          toPath: "\(folder.path)/pictures/\(name)/\(number).jpg")
      }
    }
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["patches", "\(demo)/models/demo-resnet"] + arguments, in: folder.path)
  }

  @Test func aLayerIsSearchedOnceForAllItsUnits() throws {
    try folder.write("pictures/broken.jpg", "no picture")
    let layer = try run("layer3", "--pictures", "pictures")
    #expect(layer.code == 0 && layer.output == "layer3 of demo-resnet: 64 units, 9 pictures searched\n")
    #expect(layer.errors.contains("skipped broken.jpg: it is neither a PNG"))
    let kept = folder.files("store/cache/patches")
    #expect(kept.count == 1)
    let made = try run("layer3:5", "--pictures", "pictures", "--count", "4", "--out", "out", "--json")
    #expect(made.code == 0 && folder.files("store/cache/patches") == kept, "\(made.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
    #expect(report?["searched"] as? Int == 9 && report?["skipped"] as? Int == 1)
    let best = try #require(report?["best"] as? [[String: Any]])
    #expect(best.count == 4 && best[0]["file"] as? String == "best-1.png" && best[0]["side"] as? Int == 27)
    #expect(
      folder.files("out")
        == (1...4).map { "best-\($0).png" } + (1...4).map { "lowest-\($0).png" } + ["patches.json"])
    #expect(
      FileManager.default.contents(atPath: folder.path + "/out/patches.json").map { $0.count } ?? 0 > 500)
    let patch = try Image.read(folder.path + "/out/best-1.png")
    #expect(patch.width == 27 && patch.height == 27)
    let lines = try run("layer3:5", "--pictures", "pictures", "--count", "2").output.split(separator: "\n")
    #expect(lines.count == 5 && lines[0] == "layer3, channel 5 in demo-resnet: 9 pictures")
    #expect(lines[3].hasPrefix("  mean ") && lines[4].hasPrefix("  highest means: "))
  }

  @Test func aDirectionIsSearchedToo() throws {
    let made = try run("layer3:0.5*5-7", "--pictures", "pictures", "--count", "1")
    #expect(made.code == 0 && made.output.contains("27 pixels a side"), "\(made.errors)")
  }

  /// Ended by a signal, the search goes on from where it was, and finds the same.
  @Test func anInterruptedSearchGoesOn() throws {
    for number in 3..<200 {
      try FileManager.default.linkItem(
        atPath: "\(folder.path)/pictures/tiger/\(number % 3).jpg",
        toPath: "\(folder.path)/pictures/tiger/\(number).jpg")
    }
    let arguments = ["layer3:5", "--pictures", "pictures", "--threads", "1", "--json"]
    let whole = try run("layer3:5", "--pictures", "pictures", "--threads", "1", "--json", "--index", "whole")
    let process = try Program.start(["patches", "\(demo)/models/demo-resnet"] + arguments, in: folder.path)
    usleep(700_000)
    process.interrupt()
    process.waitUntilExit()
    #expect([0, 130].contains(process.terminationStatus))
    let resumed = try Program.run(["patches", "\(demo)/models/demo-resnet"] + arguments, in: folder.path)
    #expect(resumed.code == 0 && resumed.output == whole.output && !whole.output.isEmpty, "\(resumed.errors)")
    let files = [folder.files("whole"), folder.files("store/cache/patches")]
    #expect(files[0].count == 1 && files[0] == files[1])
    #expect(
      FileManager.default.contentsEqual(
        atPath: "\(folder.path)/whole/\(files[0][0])",
        andPath: "\(folder.path)/store/cache/patches/\(files[0][0])"))
  }

  @Test func mistakesAreExplained() throws {
    for (arguments, code, message) in [
      (["layr3", "--pictures", "pictures"], 1, "did you mean \"layer3\""),
      (["layer3:64", "--pictures", "pictures"], 1, "its channels are 0 to 63"),
      (["layer3:5", "--pictures", "nowhere"], 1, "can't search nowhere: there is no such folder"),
      (["layer3:5", "--pictures", "out"], 1, "no reference pictures"),
      (["layer3", "--pictures", "pictures", "--json"], 64, "--json are about a unit, such as layer3:0"),
      (["layer3:5", "--pictures", "pictures", "--count", "0"], 64, "--count is from 1"),
      (["layer3:5", "--pictures", "pictures", "--share", "nan"], 64, "--share is from"),
    ] as [([String], Int32, String)] {
      try FileManager.default.createDirectory(
        atPath: folder.path + "/out", withIntermediateDirectories: true)
      let wrong = try Program.run(["patches", "\(demo)/models/demo-resnet"] + arguments, in: folder.path)
      #expect(wrong.code == code && wrong.errors.contains(message), "\(wrong.code) \(wrong.errors)")
    }
  }
}
