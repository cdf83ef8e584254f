import ArgumentParser
import Exhibition
import Foundation
import Models
import NeuralNetwork
import Visualization

/// `vitrine visualize`
struct VisualizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visualize",
    abstract: "Make a picture of what a unit of a network stands for, or a row of pictures between two.",
    discussion: """
      Targets are classes (class:zebra, probability:zebra), channels (layer4.1:485), neurons (layer4.1:485@3,4), \
      tokens (…:12@t7), attention heads (…:head3), directions (layer4.1:0.8*485-12), and sums of these \
      ("class:zebra - 0.5*class:tiger", signs between spaces). `vitrine inspect` lists those that a network has.

      With --from and --to it makes a row of pictures that belong together, by the Fourier method: unit-1.png is of \
      the first target, the last one of the second.

      EXAMPLE
        vitrine visualize --model content/models/demo-resnet --class tiger --method vital \\
          --references content/references/tiger -o tiger.png
        vitrine visualize --model resnet50.safetensors --target layer4.1:485 --method fourier --set steps=500 -o unit.png
        vitrine visualize --model resnet50.safetensors --from layer3:5 --to layer3:9 --count 5 -o row.png
      """)

  @Option(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Option(name: .customLong("class"), help: "A class, by label or index.")
  var className: String?

  @Option(
    name: [.customLong("target"), .customLong("unit")],
    help: "Any target by its address, such as layer4.1:485 or \"class:zebra - class:tiger\".")
  var target: String?

  @Option(
    help:
      "A file with a direction in the channels of the layer that --target then names (.npy, .safetensors).",
    completion: .file(extensions: ["npy", "safetensors"]))
  var direction: String?

  @Option(help: "Which row of the file, if it has several directions.")
  var row = 0

  @Option(help: "Which tensor of the file, if it has several.")
  var tensor: String?

  @Option(help: "The address that a row of pictures begins with.")
  var from: String?

  @Option(help: "The address that a row of pictures ends with.")
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The method: \(MethodFacts.all.map(\.name).joined(separator: ", ")). The first unless a row is made."))
  var method: String?

  @Option(help: "A folder of natural pictures of the target.", completion: .directory)
  var references: String?

  @Option(help: "How many of the natural pictures are used at most (50), or how many pictures a row has (5).")
  var count: Int?

  @Option(name: .customLong("set"), help: ArgumentHelp("A setting of the method.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(help: "How numbers are held in the network: fp32 or bf16.")
  var precision = "fp32"

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Option(name: .shortAndLong, help: "The picture's file.", completion: .file(extensions: ["png"]))
  var output: String

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("a row of pictures needs both --from and --to")
    }
    guard [className, target, from].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give either --class, or --target, or --from and --to")
    }
    if from != nil { try validateRow() }
    guard direction == nil || target != nil else {
      throw ValidationError("--direction needs the layer that it lies in: --target LAYER")
    }
    guard direction != nil || row == 0 && tensor == nil else {
      throw ValidationError("--row and --tensor say what to take of a file: give --direction")
    }
    guard Precision(rawValue: precision) != nil else { throw ValidationError("--precision is fp32 or bf16") }
    guard (0...4096).contains(threads), count ?? 1 > 0 else {
      throw ValidationError("--threads is from 0 (all), --count from 1")
    }
    for setting in settings where !setting.contains("=") {
      throw ValidationError("\"\(setting)\" is no setting; write key=value")
    }
  }

  private func validateRow() throws {
    let rows = FourierVisualization.description.name
    guard method == nil || method == rows, references == nil else {
      throw ValidationError("rows of pictures are made by \(rows), which takes no --references")
    }
    guard (2...InterpolationRequest.mostPictures).contains(count ?? 5) else {
      throw ValidationError("a row has 2 to \(InterpolationRequest.mostPictures) pictures (--count)")
    }
  }

  func run() throws {
    if let from, let to {
      try makeRow(from, to)
    } else {
      try makePicture()
    }
  }

  private func makePicture() throws {
    let result = try PictureWork.run { texts, progress in
      var picture = picture
      picture.zeroShot = texts
      return try picture.make(command: CommandText.current, progress: progress)
    }
    try result.image.writePNG(to: output, text: result.texts)
    for warning in result.warnings { Console.note("warning: \(warning)") }
    let guesses = result.predictions.prefix(3).map {
      "\($0.label) \(String(format: "%.1f", $0.probability * 100)) %"
    }
    let activation = className == nil ? ["activation \(String(format: "%.4g", result.activation))"] : []
    let facts = activation + guesses + ["in \(Console.duration(result.seconds))"]
    Console.print("\(output): \(facts.joined(separator: ", "))")
  }

  private func makeRow(_ from: String, _ to: String) throws {
    let result = try PictureWork.run { texts, progress in
      var row = SingleInterpolation(model: model, from: from, to: to, count: count ?? 5)
      row.settings = SettingArguments.values(settings)
      row.seed = seed
      row.precision = Precision(rawValue: precision) ?? .float32
      row.threads = threads
      row.zeroShot = texts
      return try row.make(command: CommandText.current, progress: progress)
    }
    for warning in result.warnings { Console.note("warning: \(warning)") }
    for (index, picture) in result.pictures.enumerated() {
      let file = rowFile(index + 1)
      try picture.image.writePNG(to: file, text: result.texts)
      let share = { (part: Double) in "\(Int((100 * part).rounded())) %" }
      let figure = { (value: Double) in String(format: "%.4g", value) }
      Console.print(
        "\(file): \(share(1 - picture.share)) \(result.from) (activation \(figure(picture.first))), "
          + "\(share(picture.share)) \(result.to) (activation \(figure(picture.second)))")
    }
  }

  /// `row-3.png` for the third picture of `row.png`.
  private func rowFile(_ number: Int) -> String {
    let name = output as NSString
    let ending = name.pathExtension.isEmpty ? "png" : name.pathExtension
    return "\(name.deletingPathExtension)-\(number).\(ending)"
  }

  private var picture: SinglePicture {
    let address = className.map { "class:\($0)" } ?? target ?? ""
    var picture = SinglePicture(
      model: model, target: address, method: method ?? MethodFacts.all.first?.name ?? "",
      settings: SettingArguments.values(settings))
    picture.references = references
    picture.direction = direction.map { .init(path: $0, row: row, tensor: tensor) }
    picture.count = count ?? 50
    picture.seed = seed
    picture.precision = Precision(rawValue: precision) ?? .float32
    picture.threads = threads
    return picture
  }
}
