import ArgumentParser

/// `vitrine study`
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Look after a study and its answers.",
    subcommands: [
      StudyStatusCommand.self, StudyExportCommand.self, StudyReceiveCommand.self, StudyBackupCommand.self,
      StudyWithdrawCommand.self,
    ])
}
