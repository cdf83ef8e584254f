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
    let path = try NewGallery(folder: folder, model: model, references: references).make()
    Console.print("\(path) is ready: change it to your liking, then `vitrine build \(Shell.quote(path))`")
  }
}
