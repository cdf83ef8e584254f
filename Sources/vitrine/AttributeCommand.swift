import ArgumentParser
import Attribution
import Foundation
import Imaging
import Models
import NeuralNetwork
import Support
import Visualization

/// `vitrine attribute`
struct AttributeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attribute",
    abstract: "Show what in a picture speaks for a class, a neuron or another target.",
    discussion: """
      Writes a map of the picture: red speaks for the target, blue against it. By default relevance is propagated back \
      layer by layer, by rules that suit the network's family.

      EXAMPLE
        vitrine attribute --model content/models/demo-resnet --image content/references/tiger/000.jpg --output map.png
        vitrine attribute --model vit.safetensors --image cat.jpg --target class:tabby --method attention --overlay -o map.png
        vitrine attribute --model resnet50.pth --image cat.jpg --target layer4.1:485 --method vital -o map.png
      """)

  @Option(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Option(help: "The picture: PNG, JPEG or portable anymap.", completion: .file())
  var image: String

  @Option(help: "What is attributed, by its address; the class that the network sees if left out.")
  var target: String?

  @Option(help: ArgumentHelp("The method: \(Self.methods.joined(separator: ", "))."))
  var method: String?

  @Flag(help: "Over the picture in gray.")
  var overlay = false

  @Flag(help: "Say the figures as JSON.")
  var json = false

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Option(name: .shortAndLong, help: "The map's file, a PNG.", completion: .file())
  var output: String

  private static let methods = AttributionMethod.all.map(\.name)

  func validate() throws {
    guard (0...4096).contains(threads) else { throw ValidationError("--threads is from 0 (all)") }
    if let method, AttributionMethod.named(method) == nil {
      let clause = Suggestion.clause(for: method, among: Self.methods)
      throw ValidationError("unknown method \"\(method)\"" + clause)
    }
  }

  func run() throws {
    let model = try Model.load(model)
    let picture = try model.input.prepare(file: image)
    let options = Executor.Options(threads: threads)
    let address = try model.target(target ?? "class:\(try Self.seen(in: picture, by: model, options))")
    let usual = AttributionMethod.usual(for: model.architecture)
    let (name, chosen) = method.flatMap { name in AttributionMethod.named(name).map { (name, $0) } } ?? usual
    let attributor = try Attributor(Target(address, in: model), in: model, by: chosen, options: options)
    let began = Date()
    let attribution = try attributor.attribute(picture)
    let seconds = Date().timeIntervalSince(began)
    let size = model.input.size
    let map =
      overlay
      ? HeatMap.overlay(attribution, on: Self.image(of: picture, model.input))
      : HeatMap.image(attribution, width: size, height: size)
    try AtomicFile.write(
      map.pngData(text: [
        ("Software", "Vitrine"), ("Comment", "\(address.title(labels: model.labels)) by \(name)"),
      ]), to: output)
    try report(
      Report(
        file: output, target: address.title(labels: model.labels), method: name,
        activation: attribution.activation,
        start: attribution.start, sum: attribution.sum, seconds: seconds))
  }

  /// The class that a network sees, by its index.
  private static func seen(in picture: [Float], by model: Model, _ options: Executor.Options) throws -> Int {
    guard model.hasClasses else {
      throw ModelError.unknown(
        model: model.name, reason: "has no classes of its own; say what is attributed: --target ADDRESS")
    }
    let executor = try Executor(
      graph: model.graph, batch: 1, taps: [model.logits], gradient: false, options: options)
    var normalized = picture
    model.input.normalize(&normalized)
    _ = executor.input.update(fromContentsOf: normalized)
    try executor.forward()
    let scores = executor.value(of: model.logits)
    return scores.indices.max { scores[$0] < scores[$1] } ?? 0
  }

  /// A prepared picture as it looks.
  private static func image(of picture: [Float], _ input: InputSpecification) -> Image {
    Image(width: input.size, height: input.size, channels: input.mean.count, pixels: picture)
  }

  private struct Report: Encodable {
    let file: String
    let target: String
    let method: String
    let activation: Double
    let start: Double
    let sum: Double
    let seconds: Double
  }

  private func report(_ report: Report) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Console.print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
    Console.print(
      "\(report.file): \(report.target) by \(report.method), in \(Console.duration(report.seconds))")
    Console.print(
      String(
        format: "  activation %.4g; %.4g was sent back, and %.4g arrived at the picture", report.activation,
        report.start, report.sum))
  }
}
