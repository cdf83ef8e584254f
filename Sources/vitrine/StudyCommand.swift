import ArgumentParser

/// `vitrine study`
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Plan a study, look after its answers, and analyze them.",
    subcommands: [
      StudyPlanCommand.self, StudySimulateCommand.self, StudyStatusCommand.self, StudyExportCommand.self,
      StudyReceiveCommand.self, StudyAnalyzeCommand.self, StudyPowerCommand.self, StudyImportCommand.self,
      StudyBackupCommand.self, StudyWithdrawCommand.self, StudyWordsCommand.self,
    ])
}
