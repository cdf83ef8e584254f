import ArgumentParser
import Attribution
import Exhibition
import Foundation
import Imaging
import Models
import NeuralNetwork
import Support
import Visualization

/// `vitrine patches`
struct PatchesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patches",
    abstract: "Find the patches of pictures that excite a neuron most.",
    discussion: """
      Cuts each picture below a folder into patches, shows each to the network at its full input size, and keeps the best \
      patches for all channels of the layer at once: the next neuron of the layer is answered at once, as long as the \
      pictures stay the same. May be interrupted, and goes on where it stopped.

      EXAMPLE
        vitrine patches content/models/demo-resnet layer3:5 --pictures content/references
        vitrine patches resnet50.pth layer4:485 --pictures train --count 20 --out patches
        vitrine patches resnet50.pth layer4 --pictures train
        vitrine patches vit.safetensors "encoder.layers.encoder_layer_9:0.8*12-40" --pictures train
      """)

  @Argument(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Argument(
    help: ArgumentHelp("A unit by its address, or a layer, all of which is searched.", valueName: "unit"))
  var address: String

  @Option(help: "The folder of pictures, with folders below it.", completion: .directory)
  var pictures: String

  @Option(help: "How many patches are told, and how many of the pictures that excite the unit least, of 16.")
  var count = 9

  @Option(help: "How many patches are kept for each unit.")
  var kept = 1000

  @Option(help: "A patch's side as part of the input's.")
  var share = PatchGrid().share

  @Option(help: "The step between patches as part of a patch's side.")
  var step = PatchGrid().step

  @Option(help: "The folder in which what was found is kept.", completion: .directory)
  var index = "store/cache/patches"

  @Option(help: "How numbers are held in the network: fp32 or bf16.")
  var precision = "fp32"

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Flag(help: "As JSON.")
  var json = false

  @Option(
    name: .shortAndLong, help: "A folder for the patches as PNGs, with patches.json.", completion: .directory)
  var out: String?

  func validate() throws {
    guard (1...100_000).contains(kept) else { throw ValidationError("--kept is from 1 to 100000") }
    guard (1...kept).contains(count) else {
      throw ValidationError("--count is from 1 to \(kept), the patches that are kept")
    }
    guard isUnit || (out == nil && !json) else {
      throw ValidationError("--out and --json are about a unit, such as \(address):0; \(address) is a layer")
    }
    guard (0.001...1).contains(share) else { throw ValidationError("--share is from 0.001 to 1") }
    guard (0.001...100).contains(step) else { throw ValidationError("--step is from 0.001 to 100") }
    guard Precision(rawValue: precision) != nil else { throw ValidationError("--precision is fp32 or bf16") }
    guard (0...4096).contains(threads) else { throw ValidationError("--threads is from 0 (all)") }
  }

  /// A layer has no colon in its name, and each unit's address has one.
  private var isUnit: Bool { address.contains(":") }

  func run() throws {
    let model = try Model.load(model)
    let target = isUnit ? try model.target(address) : nil
    var (question, units) =
      try target.map { try PatchQuestion.asking(for: [Target($0, in: model)], in: model) }
      ?? (PatchQuestion.layer(address, in: model), [])
    question.kept = kept
    question.precision = Precision(rawValue: precision) ?? .float32
    question.grid = PatchGrid(share: share, step: step)
    let list = try PictureList(folder: pictures)
    let found = try search(question, list, model)
    tell((list.unlisted + found.skipped).map { "\($0.name): \($0.reason)" })
    guard let target, let unit = units.first else {
      return Console.print(
        "\(address) of \(model.name): \(Console.count(found.units, "unit")), "
          + "\(Console.count(found.searched, "picture")) searched")
    }
    var report = PatchReport(
      unit: target.title(labels: model.labels), model: model.name, found, unit, count: count, list,
      PatchCutter(question, of: list, in: model))
    if let out { report = try report.written(to: out) }
    if json {
      Console.print(String(decoding: try report.json(), as: UTF8.self))
    } else {
      report.lines.forEach(Console.print)
    }
  }

  private func search(_ question: PatchQuestion, _ list: PictureList, _ model: Model) throws -> PatchIndex {
    let display = StepDisplay()
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    do {
      return try withExtendedLifetime(interrupt) {
        defer { display.end() }
        return try PatchIndexCache(folder: index).index(
          question, of: list, in: model, options: Executor.Options(threads: threads), report: Self.note
        ) { progress in
          try cancellation.check()
          display.show("picture", progress.done, of: progress.total)
        }
      }
    } catch is CancellationError {
      Console.note("interrupted; the same command goes on")
      throw ExitCode(130)
    }
  }

  private static func note(_ note: PatchIndexCache.Note) {
    switch note {
    case .resumed(let count): Console.note("goes on after \(Console.count(count, "picture"))")
    case .remade(let path, let reason): Console.note("\(path): \(reason); searching anew")
    case .unsaved(let reason): Console.note("what was found can't be kept: \(reason)")
    }
  }

  /// Pictures that were left out: the first few.
  private func tell(_ skipped: [String]) {
    for line in skipped.prefix(10) { Console.note("skipped \(line)") }
    if skipped.count > 10 { Console.note("skipped \(skipped.count - 10) more") }
  }
}
