import ArgumentParser
import Attribution
import Checkpoints
import Exhibition
import Foundation
import Models
import NeuralNetwork
import Support

/// `vitrine concept`
struct ConceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concept",
    abstract: "Find the direction from pictures without something to pictures with it.",
    discussion: """
      Runs both folders' pictures to a layer, and writes the difference of the mean activations as an array: a concept \
      activation vector. `vitrine visualize --direction` shows it, and so do "concepts" in exhibition.yaml.

      EXAMPLE
        vitrine concept resnet50.pth layer4 --with striped --without plain -o stripes.npy
        vitrine visualize --model resnet50.pth --target layer4 --direction stripes.npy --method fourier -o stripes.png
      """)

  @Argument(help: "The model: a folder with model.yaml, or a checkpoint.", completion: .file())
  var model: String

  @Argument(help: "The layer in whose channels the direction lies.")
  var layer: String

  @Option(help: "A folder of pictures with it; folders in it are searched too.", completion: .directory)
  var with: String

  @Option(help: "A folder of pictures without it.", completion: .directory)
  var without: String

  @Option(help: "Threads; all cores if left out.")
  var threads = 0

  @Option(name: .shortAndLong, help: "The array's file.", completion: .file(extensions: ["npy"]))
  var output: String

  func validate() throws {
    guard output.hasSuffix(".npy") else { throw ValidationError("the output's name must end in .npy") }
    guard (0...4096).contains(threads) else { throw ValidationError("--threads is from 0 (all)") }
  }

  func run() throws {
    let model = try Model.load(model)
    _ = try model.node(layer)
    let sides = try [with, without].map { folder in
      let list = try PictureList(folder: folder)
      guard list.count > 0 else {
        throw FileError(path: folder, action: "use the pictures of", reason: "there is no picture in it")
      }
      return list
    }
    let vector = try find(sides[0], sides[1], model)
    try AtomicFile.write(
      NumpyWriter.data(vector.direction, shape: [vector.direction.count]), to: output)
    let strongest = vector.direction.indices.sorted { vector.direction[$0] > vector.direction[$1] }.prefix(5)
    Console.print(
      "\(output): from \(Console.count(sides[1].count, "picture")) to \(Console.count(sides[0].count, "picture")) in "
        + "\(vector.layer), strongest channels \(strongest.map(String.init).joined(separator: ", "))")
    if let toldApart = vector.toldApart {
      Console.print(
        String(format: "  of pictures that it was not found with, it tells %.0f %% apart", 100 * toldApart))
    }
  }

  private func find(
    _ with: PictureList, _ without: PictureList, _ model: Model
  ) throws -> ConceptActivationVector {
    let display = StepDisplay()
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    do {
      return try withExtendedLifetime(interrupt) {
        defer { display.end() }
        return try ConceptActivationVector.find(
          in: model, layer: layer, with: with.count, without: without.count,
          options: Executor.Options(threads: threads),
          picture: { try model.input.prepare(file: ($0 ? with : without).items[$1].path) },
          progress: {
            try cancellation.check()
            display.show("picture", $0.done, of: $0.total)
          })
      }
    } catch is CancellationError {
      Console.note("interrupted: nothing was written")
      throw ExitCode(130)
    }
  }
}
