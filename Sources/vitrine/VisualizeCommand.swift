import ArgumentParser
import Exhibition
import Foundation
import Models
import Network
import Visualization

/// `vitrine visualize`
struct VisualizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visualize", abstract: "Make one picture of what a unit of a network stands for.",
    discussion: """
      EXAMPLE
        vitrine visualize --model content/models/demo-resnet --class tiger --method vital \\
          --references content/references/tiger -o tiger.png
        vitrine visualize --model resnet50.safetensors --unit layer4.1:485 --method fourier --set steps=500 -o unit.png
      """)

  @Option(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Option(name: .customLong("class"), help: "A class, by label or index.")
  var className: String?

  @Option(help: "An inner unit: layer and channel, such as layer4.1:485.")
  var unit: String?

  @Option(help: ArgumentHelp("The method: \(MethodFacts.all.map(\.name).joined(separator: ", "))."))
  var method = MethodFacts.all.first?.name ?? ""

  @Option(help: "A folder of natural pictures of the target.", completion: .directory)
  var references: String?

  @Option(help: "How many of the natural pictures are used at most.")
  var count = 50

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
    guard (className == nil) != (unit == nil) else { throw ValidationError("give either --class or --unit") }
    guard Precision(rawValue: precision) != nil else { throw ValidationError("--precision is fp32 or bf16") }
    guard (0...4096).contains(threads), count > 0 else {
      throw ValidationError("--threads is from 0 (all), --count from 1")
    }
    for setting in settings where !setting.contains("=") {
      throw ValidationError("\"\(setting)\" is no setting; write key=value")
    }
  }

  func run() throws {
    let display = StepDisplay()
    let texts = TextDisplay()
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    let result: SinglePicture.Result
    do {
      result = try withExtendedLifetime(interrupt) {
        var picture = picture
        picture.zeroShot = ZeroShotOptions(progress: texts.show)
        defer { texts.end() }
        return try picture.make(command: command) { (progress) throws(CancellationError) in
          try cancellation.check()
          display.show(progress)
        }
      }
    } catch is CancellationError {
      display.end()
      Console.note("interrupted: nothing was written")
      throw ExitCode(130)
    }
    display.end()
    try result.image.writePNG(to: output, text: result.texts)
    for warning in result.warnings { Console.note("warning: \(warning)") }
    let guesses = result.predictions.prefix(3).map {
      "\($0.label) \(String(format: "%.1f", $0.probability * 100)) %"
    }
    Console.print(
      "\(output): \((guesses + ["in \(Console.duration(result.seconds))"]).joined(separator: ", "))")
  }

  private var picture: SinglePicture {
    var overrides: [String: SettingValue] = [:]
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      overrides[String(parts[0])] = SettingValue(argument: String(parts[1]))
    }
    let address = className.map { "class:\($0)" } ?? unit ?? ""
    var picture = SinglePicture(model: model, unit: address, method: method, settings: overrides)
    picture.references = references
    picture.count = count
    picture.seed = seed
    picture.precision = Precision(rawValue: precision) ?? .float32
    picture.threads = threads
    return picture
  }

  /// This command line, for the picture's texts.
  private var command: String {
    (["vitrine"] + CommandLine.arguments.dropFirst()).map(Shell.quote).joined(separator: " ")
  }
}

/// Shows the steps of a single picture: one line that is redrawn in a terminal, a line now and then elsewhere.
final class StepDisplay {
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?

  func show(_ progress: VisualizationProgress) {
    let now = ContinuousClock.now
    let pause: Duration = Console.isTerminal ? .milliseconds(250) : .seconds(10)
    guard now - (last ?? start) >= pause, progress.step > 0 else { return }
    last = now
    let elapsed = Double((now - start) / .milliseconds(1)) / 1000
    let left = elapsed / Double(progress.step) * Double(progress.steps - progress.step)
    let text = "step \(progress.step) of \(progress.steps), \(Console.duration(left)) left"
    Console.redraw(text)
  }

  func end() { if last != nil { Console.erase() } }
}
