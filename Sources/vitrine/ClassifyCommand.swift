import ArgumentParser
import Evaluation
import Foundation
import Imaging
import Models
import NeuralNetwork

/// `vitrine classify`
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Say what a model sees in pictures: how one checks that a checkpoint was read rightly.",
    discussion: """
      Each picture is resized, cropped and normalized as the model's owner prepares it.

      EXAMPLE
        vitrine classify --model content/models/demo-resnet content/references/tiger/000.jpg
        vitrine classify --model resnet50.safetensors --top 1 --json photos/*.jpg
        vitrine classify --model clip.safetensors --labels animals.txt photos/*.jpg

      CLIP has no classes of its own: its text tower makes them of the names in --labels.
      """)

  @Option(help: "The model: a folder with model.yaml, or a checkpoint.", completion: .file())
  var model: String

  @Option(
    help: "The classes' names: a file of one a line, or JSON. To CLIP they say what to look for.",
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "For CLIP: the sentences that names are put into.",
      discussion:
        "\(PromptTemplates.names.joined(separator: ", ")), or a file of one a line with {} for the name.",
      valueName: "name"))
  var templates: String?

  @Option(help: "How many classes are told of each picture.")
  var top = 5

  @Option(help: "How numbers are held in the network: fp32 or bf16.")
  var precision = "fp32"

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Flag(help: "Turn pictures as their EXIF orientation says. Most networks were trained without.")
  var upright = false

  @Flag(help: "As JSON.")
  var json = false

  @Argument(help: "The pictures: PNG, JPEG or portable anymap.", completion: .file())
  var images: [String]

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top is from 1") }
    guard Precision(rawValue: precision) != nil else { throw ValidationError("--precision is fp32 or bf16") }
    guard (0...4096).contains(threads) else { throw ValidationError("--threads is from 0 (all)") }
  }

  func run() throws {
    let display = TextDisplay()
    let options = ZeroShotOptions(
      templates: try templates.map { try .named($0) }, progress: { display.show($0) })
    let model = try Model.load(model, classes: labels.map { .file($0) }, zeroShot: options)
    display.end()
    guard model.hasClasses else {
      throw ModelError.unknown(
        model: model.name, reason: "has no classes of its own; name some: --labels FILE, a name a line")
    }
    let classifier = try Classifier(
      model: model, threads: threads, batch: min(16, images.count),
      precision: Precision(rawValue: precision) ?? .float32)
    var input = model.input
    if upright { input.upright = true }
    let answers = try classifier.probabilities(count: images.count) { try input.prepare(file: images[$0]) }
    let pictures = zip(images, answers).map { Answer(file: $0, predictions: classifier.top(top, of: $1)) }
    if json {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      Console.print(String(decoding: try encoder.encode(pictures), as: UTF8.self))
    } else {
      for picture in pictures { picture.lines.forEach(Console.print) }
    }
  }

  /// What is said of one picture.
  private struct Answer: Encodable {
    let file: String
    let predictions: [Prediction]

    var lines: [String] {
      let rows = predictions.map { prediction in
        String(format: "%7.2f %%  ", prediction.probability * 100)
          + "\(prediction.label) (\(prediction.classIndex))"
      }
      return [file] + rows
    }
  }
}
