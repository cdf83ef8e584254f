import ArgumentParser
import CKernels
import Exhibition
import Foundation

/// The program's entry: parses the command line, runs the command, and turns errors into messages and exit codes.
@main
struct Main {
  static func main() {
    vitrine_wait_briefly(CommandLine.unsafeArgv)
    // A closed pipe is told by the write's error, not by a signal; so is a file that grows beyond a limit.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var command: any ParsableCommand
    do { command = try Vitrine.parseAsRoot() } catch { Vitrine.exit(withError: error) }
    do {
      try command.run()
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      // What the parser itself throws (validation, a request for help) knows how to show itself.
      let code = Vitrine.exitCode(for: error)
      if code == .success || code == .validationFailure { Vitrine.exit(withError: error) }
      Console.error(error)
      exit(1)
    }
  }
}

/// `vitrine`: the commands.
struct Vitrine: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vitrine",
    abstract: "Turns trained image classifiers into a gallery of what they see.",
    discussion: """
      EXAMPLE
        vitrine new gallery mine --model resnet50.safetensors --references train
        vitrine build mine/exhibition.yaml
        Then open site/index.html.
      """,
    version: Version.vitrine,
    subcommands: [
      BuildCommand.self, PlanCommand.self, RunCommand.self, RenderCommand.self, VisualizeCommand.self,
      AttackCommand.self, AttributeCommand.self, CircuitCommand.self, PatchesCommand.self,
      ConceptCommand.self,
      InspectCommand.self,
      ClassifyCommand.self,
      SpectrumCommand.self,
      SettingsCommand.self, TemplatesCommand.self, NewCommand.self, CheckCommand.self, ServeCommand.self,
      CollectCommand.self, StudyCommand.self,
    ])
}
