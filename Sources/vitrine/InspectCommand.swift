import ArgumentParser
import Exhibition
import Foundation
import Imaging
import Models

/// `vitrine inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a model holds and how its units are addressed, or how a picture was made.",
    discussion: """
      A unit is addressed by layer and channel: `vitrine visualize --unit LAYER:CHANNEL`.

      EXAMPLE
        vitrine inspect content/models/demo-resnet
        vitrine inspect tiger.png --json
      """)

  @Argument(
    help: "A model's folder, a checkpoint (.pth, .safetensors, .h5, .npz), or a picture made by Vitrine.",
    completion: .file())
  var file: String

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    if file.lowercased().hasSuffix(".png") { return try inspectPicture() }
    let model = try Model.load(file)
    let facts = ModelSummary(model)
    if json {
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      Console.print(String(decoding: try encoder.encode(facts), as: UTF8.self))
    } else {
      for line in facts.lines { Console.print(line) }
    }
  }

  private func inspectPicture() throws {
    let texts = try Image.pngText(of: file)
    guard !texts.isEmpty else {
      Console.print("\(file) holds no texts: it wasn't made by Vitrine, or they were stripped")
      return
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let object = Dictionary(texts.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      Console.print(String(decoding: try encoder.encode(object), as: UTF8.self))
    } else {
      for text in texts { Console.print("\(text.key): \(text.value)") }
    }
  }
}

/// What `inspect` says of a model.
struct ModelSummary: Encodable {
  let name: String
  let title: String
  let architecture: String
  let parameterCount: Int
  let weightsHash: String
  let input: InputSpecification
  let labels: [String]
  let training: TrainingNote?
  let layers: [Model.Layer]

  init(_ model: Model) {
    name = model.name
    title = model.title
    architecture = model.architecture
    parameterCount = model.parameterCount
    weightsHash = model.weightsHash
    input = model.input
    labels = model.labels
    training = model.training
    layers = model.layers
  }

  var lines: [String] {
    var lines = [
      "\(title) (\(architecture)), \(parameterCount) parameters",
      "weights: sha256 \(weightsHash)",
      "input: \(input.size) × \(input.size), resized to \(input.resize) (\(input.interpolation.rawValue)), "
        + "mean \(input.mean), deviation \(input.deviation)",
      "classes: \(labels.count): \(labels.prefix(12).joined(separator: ", "))\(labels.count > 12 ? ", …" : "")",
    ]
    if let text = training?.description { lines.append("training: \(text)") }
    if let accuracy = training?.accuracy { lines.append("validation accuracy: \(accuracy)") }
    let names = layers.map { ([$0.name] + $0.aliases).joined(separator: " = ") }
    let width = min(60, names.map(\.count).max() ?? 0)
    lines.append("")
    lines.append("layers (address a unit as LAYER:CHANNEL):")
    for (name, layer) in zip(names, layers) {
      let shape = layer.shape.map(String.init).joined(separator: "×")
      let padding = String(repeating: " ", count: max(1, width - name.count + 2))
      lines.append("  \(name)\(padding)\(shape)  \(layer.kind)")
    }
    return lines
  }
}
