import ArgumentParser
import Exhibition

/// `vitrine new`
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin something new.", subcommands: [NewGalleryCommand.self])
}

/// `vitrine new gallery`
struct NewGalleryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery", abstract: "Make a folder with a commented exhibition.yaml.",
    discussion: """
      EXAMPLE
        vitrine new gallery mine --model resnet50.safetensors --references /data/imagenet/train
        vitrine build mine/exhibition.yaml
      """)

  @Argument(help: "The folder; it must be new or empty.", completion: .directory)
  var folder: String

  @Option(
    help: "A model to begin with: a folder with model.yaml, or a checkpoint (.pth, .safetensors, .h5, .npz).",
    completion: .file())
  var model: String?

  @Option(
    help: "Natural pictures to begin with: a folder with a folder for each class.", completion: .directory)
  var references: String?

  func run() throws {
    let made = try NewGallery(folder: folder, model: model, references: references).make()
    if let trial = made.trial {
      Console.print("\(trial.right) of \(Console.count(trial.shown, "picture")) tried are recognized")
      if trial.isDoubtful {
        let described =
          made.description.map { " in \($0)/labels.txt and the input in \($0)/model.yaml" } ?? ""
        Console.note(
          "warning: so few are recognized only if the classes' order or the pictures' size and normalization differ from "
            + "training; check the order of names\(described)")
      }
    }
    let path = made.configuration
    Console.print("\(path) is ready: change it to your liking, then `vitrine build \(Shell.quote(path))`")
  }
}
