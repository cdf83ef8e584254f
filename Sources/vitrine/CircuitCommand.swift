import ArgumentParser
import Attribution
import Evaluation
import Exhibition
import Foundation
import Models
import NeuralNetwork
import Relevance
import Support
import Visualization

/// `vitrine circuit`
struct CircuitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "circuit",
    abstract: "Find the channels that a class is read from, or the classes that a channel serves.",
    discussion: """
      From a class down: the channels of the last hidden layer that have most of its relevance, what those are read from, \
      and so on; then whether the network needs them. From a channel up: its part in each class, whose pictures are in \
      a folder each.

      EXAMPLE
        vitrine circuit content/models/demo-resnet class:tiger --pictures content/references/tiger
        vitrine circuit resnet50.pth class:zebra --pictures train/zebra --depth 3 --format graphviz -o zebra.dot
        vitrine circuit content/models/demo-resnet layer4:11 --pictures content/references
      """)

  /// A form of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case graphviz
  }

  @Argument(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Argument(help: ArgumentHelp("A class or a whole channel, by its address.", valueName: "unit"))
  var address: String

  @Option(
    help: "The folder of the class's pictures; for a channel the folder of a folder for each class.",
    completion: .directory)
  var pictures: String

  @Option(help: "How many pictures are looked at, of each class.")
  var count = 50

  @Option(help: "How many levels below the class.")
  var depth = 2

  @Option(help: "To how many channels the class, and each channel above the last level, is followed.")
  var channels = 3

  @Option(help: "The layers from the class down, separated by commas, instead of the last ones.")
  var layers: String?

  @Option(help: ArgumentHelp("The rules of relevance: \(Self.rulesNames.joined(separator: ", "))."))
  var rules: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("What a channel is called; may be repeated.", valueName: "address=label"))
  var labels: [String] = []

  @Option(help: ArgumentHelp("The answer's form: text, json or graphviz.", valueName: "form"))
  var format = Format.text

  @Flag(inversion: .prefixedNo, help: "Try what becomes of the class without the circuit.")
  var check = true

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Option(name: .shortAndLong, help: "The answer's file; the terminal if left out.", completion: .file())
  var output: String?

  private static let rulesNames = RelevanceComposite.all.filter { !$0.sendsSlope }.map(\.name)

  func validate() throws {
    guard (1...100_000).contains(count), (1...64).contains(depth), (1...1000).contains(channels) else {
      throw ValidationError("--count is from 1 to 100000, --depth from 1 to 64, --channels from 1 to 1000")
    }
    guard (0...4096).contains(threads) else { throw ValidationError("--threads is from 0 (all)") }
    if let rules, !Self.rulesNames.contains(rules) {
      throw ValidationError(
        "unknown rules \"\(rules)\"" + Suggestion.clause(for: rules, among: Self.rulesNames))
    }
    for label in labels where !label.dropFirst().contains("=") {
      throw ValidationError("--label \(label) must be ADDRESS=LABEL")
    }
  }

  func run() throws {
    let model = try Model.load(model)
    let target = try model.target(address)
    let answer: String
    if let index = target.unit?.classIndex {
      answer = try circuit(index, model)
    } else if let unit = target.unit, let channel = unit.channel {
      answer = try served(unit.layer, channel, model)
    } else {
      throw ModelError.unknown(
        model: model.name, reason: "has no circuit of \"\(address)\": give a class or a whole channel")
    }
    guard let output else { return Console.print(answer) }
    try AtomicFile.write(Data((answer + "\n").utf8), to: output)
    Console.print("\(output): written")
  }

  private var composite: RelevanceComposite? { RelevanceComposite.all.first { $0.name == rules } }
  private var options: Executor.Options { .init(threads: threads) }

  /// What channels are called, by the address as the model writes it.
  private func names(_ model: Model) throws -> [String: String] {
    var names: [String: String] = [:]
    for text in labels {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      names[try model.target(parts[0]).description] = parts.last
    }
    return names
  }

  private func circuit(_ index: Int, _ model: Model) throws -> String {
    let names = try names(model)
    var settings = CircuitFinder.Settings()
    (settings.depth, settings.channels, settings.rules) = (depth, channels, composite)
    settings.layers =
      layers?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    let finder = try CircuitFinder(model, class: index, settings: settings)
    let files = Self.sample(try PictureList(folder: pictures).items.map(\.path), count)
    let picture = { (number: Int) in try model.input.prepare(file: files[number]) }
    let (found, check) = try work { progress in
      let found = try finder.find(
        pictures: files.count, options: options, picture: picture, progress: progress)
      guard self.check else { return (found, nil as CircuitCheck?) }
      return (
        found,
        try CircuitCheck.measure(
          found, in: model, pictures: files.count, options: options, picture: picture, progress: progress)
      )
    }
    switch format {
    case .text:
      return ([found.text(names: names)] + (check.map { ["", "the class", $0.text] } ?? []))
        .joined(separator: "\n")
    case .json: return try Self.json(Report(circuit: found, check: check, labels: names))
    case .graphviz: return found.graphviz(names: names)
    }
  }

  private struct Report: Encodable {
    let circuit: Circuit
    let check: CircuitCheck?
    let labels: [String: String]
  }

  private func served(_ layer: String, _ channel: Int, _ model: Model) throws -> String {
    guard format != .graphviz else {
      throw ValidationError("what a channel serves is a list; take --format text or json")
    }
    let folder = try ImageFolder(path: pictures, for: model)
    let files = Dictionary(
      uniqueKeysWithValues: folder.classes.map { ($0.classIndex, Self.sample($0.files, count)) })
    let found = try work { progress in
      try ServedClasses.find(
        layer, channel: channel, in: model, counts: files.mapValues(\.count), rules: composite,
        options: options, picture: { try model.input.prepare(file: files[$0]?[$1] ?? "") },
        progress: progress)
    }
    if format == .json { return try Self.json(found) }
    let rows = found.classes.map {
      String(format: "%7.2f %% ± %.2f  ", 100 * $0.share.mean, 100 * $0.share.spread) + $0.label
    }
    return (["\(layer):\(channel) of \(model.name), its part of each class's positive relevance"] + rows)
      .joined(separator: "\n")
  }

  /// At most so many, evenly spread.
  private static func sample(_ files: [String], _ count: Int) -> [String] {
    guard files.count > count else { return files }
    return (0..<count).map { files[$0 * files.count / count] }
  }

  /// Does the work under a progress display, until it is done or interrupted; then the program ends with code 130.
  private func work<Result>(_ work: ((AttributionProgress) throws -> Void) throws -> Result) throws -> Result
  {
    let display = StepDisplay()
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    do {
      return try withExtendedLifetime(interrupt) {
        defer { display.end() }
        return try work { progress in
          try cancellation.check()
          display.show("picture", progress.done, of: progress.total)
        }
      }
    } catch is CancellationError {
      Console.note("interrupted: nothing was written")
      throw ExitCode(130)
    }
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
