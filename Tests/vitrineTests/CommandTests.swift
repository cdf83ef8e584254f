import Foundation
import Imaging
import Testing

/// The command line as a user types it, on the demo's own network.
@Suite(.serialized) struct CommandTests {
  let folder: TestFolder
  let demo = Program.repository + "/content"

  init() throws { folder = try TestFolder() }

  /// An exhibition of the demo network with short runs.
  func writeExhibition(classes: String = "[mushroom, tiger]", extra: String = "") throws {
    try folder.write(
      "exhibition.yaml",
      """
      models: [{name: demo, path: \(demo)/models/demo-resnet}]
      references: {folder: \(demo)/references, count: 4}
      classes: \(classes)
      methods:
        - {name: vital, settings: {steps: 6}}
        - {name: fourier, settings: {steps: 3}}
      snapshots: 2
      \(extra)
      """)
  }

  func run(_ arguments: String..., shell: String = "") throws -> Program.Outcome {
    try Program.run(arguments, in: folder.path, shell: shell)
  }

  @Test func aFinishedSiteIsChecked() throws {
    let missing = try run("check", "site")
    #expect(missing.code == 1 && missing.errors.contains("there is no such folder"), "\(missing)")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/site", withIntermediateDirectories: false)
    let head =
      "<!doctype html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\" "
      + "content=\"default-src 'none'; img-src 'self'\"><title>x</title></head><body><h1>x</h1>\n"
    try folder.write("site/index.html", head + "<a href=\"other.html\">other</a></body></html>")
    let faulty = try run("check", "site")
    #expect(faulty.code == 1 && faulty.output.hasPrefix("index.html:2: the link other.html leads to"))
    #expect(
      faulty.errors.contains("site: 1 page, 1 fault"))
    try folder.write("site/other.html", head + "<p>Words.</p></body></html>")
    let sound = try run("check", "site")
    #expect(sound.code == 0 && sound.output.isEmpty && sound.errors.contains("no fault"), "\(sound)")
  }

  @Test func everyCommandHasHelpWithAnExample() throws {
    for command in [
      ["plan"], ["run"], ["build"], ["render"], ["visualize"], ["inspect"], ["classify"], ["spectrum"],
      ["settings"], ["templates"], ["check"], ["new", "gallery"],
    ] {
      let outcome = try Program.run(command + ["--help"], in: folder.path)
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("EXAMPLE"), "\(command)")
    }
  }

  @Test func mistakesExitWithTheirCodes() throws {
    let usage = try run("frobnicate")
    #expect(usage.code == 64)
    #expect(
      try run("plan", "nothing.yaml").errors == "error: can't open nothing.yaml: No such file or directory\n")
    #expect(try run("visualize", "-o", "x.png", "--model", "m").code == 64)
    let model = try run("visualize", "--model", "none", "--class", "a", "-o", "x.png")
    #expect(model.code == 1)
    #expect(model.errors.contains("none"))
  }

  @Test func classifiesPictures() throws {
    let pictures = ["tiger", "zebra"].map { "\(demo)/references/\($0)/003.jpg" }
    let plain = try Program.run(
      ["classify", "--model", "\(demo)/models/demo-resnet", "--top", "2"] + pictures, in: folder.path)
    #expect(plain.code == 0)
    let lines = plain.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 6)
    #expect(lines[0] == pictures[0] && lines[3] == pictures[1])
    #expect(lines[1].hasSuffix(" %  tiger (18)") && lines[4].hasSuffix(" %  zebra (23)"))

    struct Answer: Decodable {
      struct Prediction: Decodable { let class_index: Int, label: String, probability: Double }
      let file: String
      let predictions: [Prediction]
    }
    let json = try Program.run(
      ["classify", "--model", "\(demo)/models/demo-vit", "--json", pictures[1]], in: folder.path)
    let answers = try JSONDecoder().decode([Answer].self, from: Data(json.output.utf8))
    #expect(answers.count == 1 && answers[0].file == pictures[1] && answers[0].predictions.count == 5)
    #expect(answers[0].predictions[0].label == "zebra" && answers[0].predictions[0].class_index == 23)

    let missing = try run("classify", "--model", "\(demo)/models/demo-vit", "none.jpg")
    #expect(missing.code == 1)
    #expect(missing.errors.contains("none.jpg"))
  }

  @Test func namesBecomeClassesOfCLIP() throws {
    let clip = Program.repository + "/Tests/Fixtures/clip/tiny"
    let picture = "\(demo)/references/tiger/003.jpg"
    let cache = "export XDG_CACHE_HOME=\(folder.path)/cache;"
    try folder.write("names.txt", "dog\na cat of the dog\nzebra\n")
    func classify(_ more: String...) throws -> Program.Outcome {
      try Program.run(["classify", "--model", clip] + more + [picture], in: folder.path, shell: cache)
    }
    let plain = try classify("--labels", "names.txt")
    #expect(plain.code == 0 && plain.errors.isEmpty)
    #expect(plain.output.split(separator: "\n").count == 4)
    #expect(folder.files("cache/vitrine/zero-shot").count == 1)
    #expect(try classify("--labels", "names.txt").output == plain.output)
    #expect(folder.files("cache/vitrine/zero-shot").count == 1)
    #expect(try classify("--labels", "names.txt", "--templates", "simple").output != plain.output)
    #expect(folder.files("cache/vitrine/zero-shot").count == 2)

    let nameless = try classify()
    #expect(nameless.code == 1 && nameless.errors.contains("no classes of its own; name some: --labels FILE"))
    #expect(
      try classify("--labels", "names.txt", "--templates", "all").errors.contains(
        "known are ensemble, subset"))
    let inspected = try run("inspect", clip)
    #expect(
      inspected.output.contains("classes: none of its own") && inspected.output.contains("visual_projection"))
    let other = try run("classify", "--model", "\(demo)/models/demo-vit", "--labels", "names.txt", picture)
    #expect(other.code == 1 && other.errors.contains("3 labels, but the network of"))
  }

  @Test func picturesANameByCLIP() throws {
    let clip = Program.repository + "/Tests/Fixtures/clip/tiny"
    for file in ["model.safetensors", "config.json", "merges.txt"] {
      try FileManager.default.copyItem(atPath: clip + "/" + file, toPath: folder.path + "/" + file)
    }
    try folder.write("names.txt", "dog\ncat\n")
    try folder.write("model.yaml", "weights: model.safetensors\nlabels: names.txt\ntemplates: simple\n")
    for (flag, unit) in [("--class", "cat"), ("--unit", "vision_model.encoder.layers.0:3")] {
      let outcome = try Program.run(
        [
          "visualize", "--model", ".", flag, unit, "--method", "fourier", "--set", "steps=2", "-o", "cat.png",
        ],
        in: folder.path, shell: "export XDG_CACHE_HOME=\(folder.path)/cache;")
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("cat.png: ") && outcome.output.contains("cat "))
    }
  }

  @Test func inspectShowsTheNetworkAndHowItIsAddressed() throws {
    let plain = try run("inspect", "\(demo)/models/demo-vit")
    #expect(plain.code == 0)
    for part in [
      "Demo ViT (vision-transformer), 729624 parameters", "patch 12, hidden 128, layers 5, heads 4",
      "input: 96 × 96", "class:zebra", "encoder.layers.encoder_layer_4:127@t64",
      "encoder.layers.encoder_layer_4.self_attention:head0", ":0…127 @t0…t64 :head0…head3",
    ] {
      #expect(plain.output.contains(part), "\(part)")
    }

    struct Answer: Decodable {
      struct Pair: Decodable { let name: String, value: String }
      struct Form: Decodable { let kind: String, example: String }
      struct Units: Decodable { let kind: String, count: Int, first: String, last: String }
      struct Layer: Decodable { let name: String, shape: [Int], units: [Units] }
      let hyperparameters: [Pair]
      let addresses: [Form]
      let layers: [Layer]
      let parameter_count: Int
    }
    let json = try run("inspect", "\(demo)/models/demo-resnet", "--json")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(json.output.utf8))
    #expect(answer.hyperparameters.contains { $0.name == "blocks" && $0.value == "2 2 2 2" })
    #expect(answer.addresses.contains { $0.kind == "class" && $0.example == "class:zebra" })
    let last = try #require(answer.layers.first { $0.name == "layer4.1" })
    #expect(last.units.map(\.last) == ["layer4.1:127", "layer4.1:127@5,5"])
    #expect(answer.parameter_count == 703_608)
  }

  @Test func typosAreReportedWhereTheyAre() throws {
    try writeExhibition(
      classes: "[mushrom, tiger]",
      extra: "units: [\"layer9:1\", \"layer3:1000\"]\nadversarial: {from: tiger, to: tigre}")
    let outcome = try run("plan")
    #expect(outcome.code == 1)
    // The references' folder is looked for before the network is asked.
    #expect(outcome.errors.contains("error: exhibition.yaml:3:11: there are no references of \"mushrom\""))
    try writeExhibition(
      extra: "units: [\"layer9:1\", \"layer3:1000\"]\nadversarial: {from: tiger, to: tigre}")
    let second = try run("plan")
    let lines = second.errors.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("error: exhibition.yaml:8:9: no layer \"layer9\"; did you mean"))
    #expect(lines[1].hasPrefix("error: exhibition.yaml:8:21: layer3 has no channel \"1000\""))
    #expect(lines[2] == "error: exhibition.yaml:9:32: no class \"tigre\"; did you mean \"tiger\"?")
  }

  @Test func wrongSettingsAreReportedWhereTheyAre() throws {
    try folder.write(
      "exhibition.yaml",
      """
      models: [{name: demo, path: \(demo)/models/demo-resnet}]
      classes: tiger
      methods:
        - name: fourier
          settings:
            stepps: 3
      """)
    let outcome = try run("plan")
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.hasPrefix("error: exhibition.yaml:6:7: fourier has no setting \"stepps\"; did you mean"))
  }

  @Test func runMakesEverythingOnceAndPicturesTellTheirRecipe() throws {
    try writeExhibition(
      extra: """
        circuits: {name: c, class: tiger, channels: 2, methods: [fourier, vital]}
        concepts: {name: d, class: tiger, count: 3, show: 1, methods: fourier}
        adversarial: {name: a, from: mushroom, to: tiger, settings: {steps: 5}}
        """)
    let first = try run("run")
    #expect(first.code == 0, "\(first.errors)")
    let made = folder.files("store")
    let start = ContinuousClock.now
    let second = try run("run")
    #expect(ContinuousClock.now - start < .seconds(1))
    #expect(second.errors.hasPrefix("0 jobs done"))
    #expect(folder.files("store") == made)
    #expect(!made.contains { $0.contains(".tmp-") })
    let picture = try #require(made.first { $0.hasSuffix("picture.png") })
    let inspected = try run("inspect", "store/" + picture, "--json")
    #expect(inspected.output.contains("weights_hash"))
    #expect(inspected.output.contains("\"Command\" : \"vitrine "))
    let plan = try run("plan", "--brief")
    #expect(plan.output.contains("0 missing"), "\(plan.output)")
  }

  @Test func interruptedRunGoesOn() throws {
    try writeExhibition()
    let text = try String(contentsOfFile: folder.path + "/exhibition.yaml", encoding: .utf8)
    try folder.write("exhibition.yaml", text.replacingOccurrences(of: "steps: 6", with: "steps: 4000"))
    let process = try Program.start(["run", "--cores", "1"], in: folder.path)
    // The accuracy and references are quick; then the first long picture begins.
    let deadline = Date(timeIntervalSinceNow: 60)
    while folder.files("store").filter({ $0.hasSuffix("record.json") }).count < 3, Date() < deadline {
      usleep(50_000)
    }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let kept = folder.files("store").filter { $0.hasSuffix("record.json") }
    #expect(kept.count >= 3)
    #expect(!folder.files("store").contains { $0.contains(".tmp-") })
    let dates = try kept.map { try modified($0) }
    try folder.write("exhibition.yaml", text)
    #expect(try run("run").code == 0)
    #expect(try kept.map { try modified($0) } == dates)
  }

  private func modified(_ name: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: folder.path + "/store/" + name)[.modificationDate]
      as? Date
  }

  /// A limit on the size of files stands for a full disk: writing fails in the middle of a file.
  @Test func fullDiskIsToldAndNothingHalfWrittenStays() throws {
    try writeExhibition()
    let outcome = try run("run", shell: "ulimit -f 8;")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("error: can't write store/"), "\(outcome.errors)")
    #expect(outcome.errors.contains("File too large"))
    #expect(!folder.files("store").contains { $0.contains(".tmp-") })
    #expect(try run("run").code == 0)
  }

  /// A second build may take no more than a second of computing: the limit would end it.
  @Test func secondBuildDoesNothingAndThirdMendsWhatIsDamaged() throws {
    try writeExhibition()
    let first = try run("build")
    #expect(first.code == 0, "\(first.errors)")
    let store = folder.files("store")
    let page = try modified("../site/index.html")
    let second = try run("build", shell: "ulimit -t 1;")
    #expect(second.code == 0)
    #expect(second.errors.hasPrefix("0 jobs done"), "\(second.errors)")
    #expect(second.errors.contains("were done before") && second.errors.contains(" 0 files written"))
    #expect(folder.files("store") == store)
    #expect(try modified("../site/index.html") == page)
    try FileManager.default.removeItem(atPath: folder.path + "/site/index.html")
    let picture = try #require(store.first { $0.hasSuffix("picture.png") })
    try FileManager.default.removeItem(atPath: folder.path + "/store/" + picture)
    let third = try run("build")
    #expect(third.errors.contains("1 job done"), "\(third.errors)")
    #expect(!third.errors.contains(" 0 files written"), "\(third.errors)")
    #expect(folder.files("site").contains("index.html") && folder.files("store") == store)
    #expect(try run("build", "--verify").code == 0)
  }

  /// Writing fails in the middle of the style sheet.
  @Test func fullDiskWhileTheSiteIsWrittenLeavesTheOldOne() throws {
    try writeExhibition()
    #expect(try run("run").code == 0)
    let none = try run("render", shell: "ulimit -f 8;")
    #expect(none.code == 1)
    #expect(none.errors.contains("error: can't write site/"), "\(none.errors)")
    #expect(none.errors.contains("File too large"), "\(none.errors)")
    #expect(folder.files("").allSatisfy { !$0.hasPrefix("site") && !$0.hasPrefix(".site") })
    #expect(try run("render").code == 0)
    let old = try site()
    try writeExhibition(extra: "title: Another")
    #expect(try run("render", shell: "ulimit -f 8;").code == 1)
    #expect(try site() == old)
    #expect(!folder.files("").contains { $0.hasPrefix(".site") })
    #expect(try run("render").errors.contains("files written"))
    #expect(try site() != old)
  }

  /// So many pages that there is time to interrupt.
  @Test func interruptedRenderingLeavesTheOldSite() throws {
    try writeExhibition()
    #expect(try run("render").code == 0)
    let old = try site()
    let facts = folder.path + "/store/cache/facts.json"
    try FileManager.default.removeItem(atPath: facts)
    let seeds = (0..<600).map(String.init).joined(separator: ", ")
    try writeExhibition(extra: "seeds: [\(seeds)]")
    let process = try Program.start(["render"], in: folder.path)
    // The plan is made when what it learned is there; then pages are.
    let deadline = Date(timeIntervalSinceNow: 60)
    while !FileManager.default.fileExists(atPath: facts), Date() < deadline { usleep(10_000) }
    usleep(200_000)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try site() == old)
    #expect(!folder.files("").contains { $0.hasPrefix(".site") })
    // What a killed build left goes with the next one.
    try writeExhibition(extra: "title: Another")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/.site.new-99999999/x", withIntermediateDirectories: true)
    #expect(try run("render").code == 0)
    #expect(!folder.files("").contains { $0.hasPrefix(".site") })
  }

  /// The site's files.
  private func site() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in folder.files("site") {
      if let data = try? Data(contentsOf: URL(fileURLWithPath: folder.path + "/site/" + name)) {
        files[name] = data
      }
    }
    #expect(!files.isEmpty)
    return files
  }

  @Test func freshPlanEstimatesItsTime() throws {
    try writeExhibition(extra: "circuits: {name: c, class: tiger, channels: 2, methods: [fourier]}")
    let plan = try run("plan", "--brief")
    #expect(plan.output.contains("; about "), "\(plan.output)")
    #expect(plan.output.contains("estimated from a few steps of each method"))
    #expect(!plan.output.contains("unknown length"))
    #expect(try run("run").code == 0)
    // Now records tell.
    try writeExhibition(classes: "[mushroom, tiger, zebra]")
    let later = try run("plan", "--brief")
    #expect(later.output.contains("; about ") && !later.output.contains("estimated"), "\(later.output)")
  }

  @Test func readOnlyStoreIsTold() throws {
    try writeExhibition()
    try folder.write("store", "a file where the folder should be")
    let outcome = try run("run")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("error: can't make the folder store"))
  }

  @Test func visualizeNeedsNoConfiguration() throws {
    let arguments = [
      "visualize", "--model", "\(demo)/models/demo-resnet", "--class", "Tiger", "--method", "vital",
      "--references",
      "\(demo)/references/tiger", "--count", "4", "--set", "steps=4", "-o",
    ]
    let outcome = try Program.run(arguments + ["a.png"], in: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("a.png: "))
    _ = try Program.run(arguments + ["b.png"], in: folder.path)
    let a = try Image.read(folder.path + "/a.png")
    let b = try Image.read(folder.path + "/b.png")
    #expect(a == b && a.width == 96)
    let unit = try run(
      "visualize", "--model", "\(demo)/models/demo-resnet", "--target", "layer3:5", "--method", "fourier",
      "--set",
      "steps=2", "-o", "c.png")
    #expect(unit.code == 0, "\(unit.errors)")
    let typo = try run(
      "visualize", "--model", "\(demo)/models/demo-resnet", "--class", "tigre", "-o", "d.png")
    #expect(typo.code == 1 && typo.errors.contains("did you mean \"tiger\"?"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/d.png"))
  }

  @Test func newGalleryIsReadyToUse() throws {
    let made = try run(
      "new", "gallery", "mine", "--model", "\(demo)/models/demo-resnet", "--references", "\(demo)/references")
    #expect(made.code == 0, "\(made.errors)")
    let plan = try run("plan", "mine/exhibition.yaml", "--brief")
    #expect(plan.code == 0, "\(plan.errors)")
    let again = try run("new", "gallery", "mine")
    #expect(again.code == 1 && again.errors.contains("exists already"))
    #expect(try run("new", "gallery", "bare").code == 0)
    let bare = try run("plan", "bare/exhibition.yaml")
    #expect(bare.errors.contains("there is no model bare/models/my-network"))
  }

  @Test func newGalleryIsMadeWholeOrNotAtAll() throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
    let inside = try Program.run(["new", "gallery", "."], in: folder.path, shell: "cd empty;")
    #expect(inside.code == 0 && inside.output.hasPrefix("./exhibition.yaml is ready"), "\(inside)")
    #expect(
      try manager.contentsOfDirectory(atPath: folder.path + "/empty").sorted()
        == ["exhibition.yaml", "models", "pages", "references"])
    try folder.write("file", "x")
    let below = try run("new", "gallery", "file/mine")
    #expect(below.code == 1 && below.errors.contains("file/mine/models") && !below.errors.contains(".tmp"))
    // A model that is none.
    try folder.write("net.safetensors", "nothing")
    #expect(try run("new", "gallery", "third", "--model", "net.safetensors").code == 1)
    #expect(
      try manager.contentsOfDirectory(atPath: folder.path).filter { $0.contains("tmp") || $0 == "third" }
        .isEmpty)
  }

  @Test func newGalleryDescribesALoneCheckpoint() throws {
    try FileManager.default.copyItem(
      atPath: "\(demo)/models/demo-vit/weights.safetensors", toPath: folder.path + "/net.safetensors")
    let made = try run(
      "new", "gallery", "mine", "--model", "net.safetensors", "--references", "\(demo)/references")
    #expect(made.code == 0 && made.output.contains(" of 120 pictures tried are recognized"), "\(made)")
    // Names in the order in which the folders were numbered.
    let labels = try String(contentsOfFile: folder.path + "/mine/models/net/labels.txt", encoding: .utf8)
    #expect(labels.hasPrefix("ambulance\nbeer-glass\n") && labels.hasSuffix("\nzebra\n"))
    let plan = try run("plan", "mine/exhibition.yaml", "--brief")
    #expect(plan.code == 0, "\(plan.errors)")
    // Names in another order, as a network has them that was trained on other folders.
    let reversed = labels.split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    try folder.write("net.labels.txt", reversed)
    let other = try run(
      "new", "gallery", "other", "--model", "net.safetensors", "--references", "\(demo)/references")
    #expect(other.errors.contains("check the order of names in other/models/net/labels.txt"), "\(other)")
    let nowhere = try run("new", "gallery", "third", "--model", "net.safetensors", "--references", "nowhere")
    #expect(nowhere.code == 1 && nowhere.errors.contains("nowhere"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/third"))
  }

  @Test func inspectTellsHowUnitsAreAddressed() throws {
    let outcome = try run("inspect", "\(demo)/models/demo-resnet")
    #expect(outcome.output.contains("layer4"))
    #expect(try run("inspect", "\(demo)/models/demo-resnet", "--json").output.contains("\"parameter_count\""))
    #expect(try run("inspect", "nothing").code == 1)
  }
}
