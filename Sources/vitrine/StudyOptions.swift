import ArgumentParser
import Study

/// A study and its answers.
struct StudyOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The study's folder, with study.json and plan.json.", valueName: "study-folder"),
    completion: .directory)
  var path: String

  @Option(
    help: "The file of the answers; answers.sqlite in the study's folder if left out.", completion: .file())
  var database: String?

  /// The folder.
  var folder: StudyFolder { StudyFolder(path: path) }

  /// The file of the answers.
  var databasePath: String { database ?? (path.hasSuffix("/") ? path : path + "/") + "answers.sqlite" }
}
