import ArgumentParser
import Exhibition
import Foundation
import Models
import NeuralNetwork
import Support
import Visualization

/// `vitrine attack`
struct AttackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack", abstract: "Change one picture until a network takes it for something else.",
    discussion: """
      Writes clean.png, adversarial.png, difference.png (amplified), pictures of the way, and record.json with all \
      figures. Bounds hold for the picture as it is written, in 8 bits, and success is judged on it.

      EXAMPLE
        vitrine attack --model content/models/demo-vit --image content/references/mushroom/000.jpg \\
          --target strawberry --attack pgd-linf --set bound=4 --other content/models/demo-resnet -o attack
      """)

  @Option(
    help: "The model: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String

  @Option(help: "The natural picture: PNG, JPEG or portable anymap.", completion: .file())
  var image: String

  @Option(help: "The class that the network is to see, by label or index.")
  var target: String

  @Option(help: "The class that the picture shows; what the network sees in it if left out.")
  var source: String?

  @Option(help: ArgumentHelp("The attack: \(Self.attacks.joined(separator: ", "))."))
  var attack = Self.attacks.first ?? ""

  @Option(name: .customLong("set"), help: ArgumentHelp("A setting of the attack.", valueName: "key=value"))
  var settings: [String] = []

  @Option(
    name: .customLong("other"), help: "Another model that is asked what it sees in the result; repeatable.",
    completion: .file())
  var others: [String] = []

  @Option(help: "The seed of a random start.")
  var seed: UInt64 = 0

  @Option(help: "How many pictures of the way are kept.")
  var snapshots = 12

  @Option(help: "How numbers are held in the network: fp32 or bf16.")
  var precision = "fp32"

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Option(name: .shortAndLong, help: "The folder to write to.", completion: .directory)
  var output: String

  private static let attacks = Attacks.all.map { $0.description.name }

  func validate() throws {
    guard Precision(rawValue: precision) != nil else { throw ValidationError("--precision is fp32 or bf16") }
    guard (0...4096).contains(threads), (0...1000).contains(snapshots) else {
      throw ValidationError("--threads is from 0 (all), --snapshots from 0 to 1000")
    }
    for setting in settings where !setting.contains("=") {
      throw ValidationError("\"\(setting)\" is no setting; write key=value")
    }
  }

  func run() throws {
    let result = try PictureWork.run { texts, progress in
      var single = single
      single.zeroShot = texts
      return try single.make(command: CommandText.current, progress: progress)
    }
    for (name, data) in result.files.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(data, to: output + "/" + name)
    }
    try AtomicFile.write(result.record.json(), to: output + "/record.json")
    report(result)
  }

  private func report(_ result: SingleAttack.Result) {
    let found = result.found
    let target = result.record.recipe.target
    let source = target.source?.label ?? ""
    let after = found.after.first
    let outcome = found.success ? "the attack succeeds" : "the attack fails"
    Console.print(
      "\(output): \(outcome): the network says \(after?.label ?? "") \(percent(after?.probability ?? 0)), in \(Console.duration(result.record.seconds))"
    )
    Console.print(
      "  \(target.label ?? ""): \(percent(found.targetBefore)) before, \(percent(found.targetAfter)) after")
    Console.print("  \(source): \(percent(found.sourceBefore)) before, \(percent(found.sourceAfter)) after")
    Console.print(
      String(
        format: "  change: at most %.0f of 255 levels (L∞), length %.3f (L2), SSIM %.3f", found.maximum * 255,
        found.euclidean, found.similarity))
    for opinion in result.opinions {
      let guesses = opinion.predictions.prefix(3).map { "\($0.label) \(percent($0.probability))" }
      Console.print("  \(opinion.model) says \(guesses.joined(separator: ", "))")
    }
  }

  private func percent(_ part: Double) -> String { String(format: "%.1f %%", part * 100) }

  private var single: SingleAttack {
    var single = SingleAttack(
      model: model, image: image, target: target, attack: attack, settings: SettingArguments.values(settings))
    single.source = source
    single.others = others
    single.seed = seed
    single.snapshots = snapshots
    single.precision = Precision(rawValue: precision) ?? .float32
    single.threads = threads
    return single
  }
}
