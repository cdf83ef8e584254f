import Study
import Testing

/// A study in a real browser by keyboard alone, from the welcome to the thanks, each kind of screen examined by axe at two
/// widths and in both themes. What is exported is what was pressed.
@Suite(.serialized) struct StudyBrowserTests {
  /// With a reload, a lost connection, a second tab and a restart of the server in the middle.
  @Test(arguments: ["A", "B"], [true, false])
  func fromWelcomeToThanks(_ design: String, hasScripts: Bool) throws {
    let study = try BrowserStudy(design)
    try study.takePart(hasScripts ? ["--restart", "bash serve.sh"] : ["--no-script"])
    #expect(try study.expectWhatWasPressed() > 10)
    let status = try study.run("study", "status", "studies/first")
    #expect(status.output.contains("1 participant began, 1 got to the end"), "\(status)")
  }

  /// Opened as a file it ends in a file, which is taken in twice without harm.
  @Test func fromAFile() throws {
    let study = try BrowserStudy("A")
    try study.takePart(at: .file, ["--saved", "answers.json"])
    let receipt = try study.run("study", "receive", "studies/first", "answers.json")
    #expect(receipt.code == 0, "\(receipt)")
    let count = try study.expectWhatWasPressed()
    #expect(receipt.output == "answers.json: \(count) answers saved, 0 known\n")
    let again = try study.run("study", "receive", "studies/first", "answers.json")
    #expect(again.code == 0 && again.output == "answers.json: 0 answers saved, \(count) known\n", "\(again)")
    #expect(try study.expectWhatWasPressed() == count)
  }

  /// A host that only has files: the answers are saved as a file, and a copy of it is sent to where the study says.
  @Test func onAHostOfFiles() throws {
    let post = try BrowserStudy.freePort()
    let study = try BrowserStudy("B", collection: .file(postTo: post))
    try study.takePart(["--saved", "answers.json", "--post", "\(post)"])
    #expect(try study.run("study", "receive", "studies/first", "answers.json").code == 0)
    try study.expectWhatWasPressed()
  }

  /// The pages come from one server and the answers go to another, which is restarted with it. In the end they are withdrawn.
  @Test func collectedElsewhere() throws {
    let study = try BrowserStudy("B", collection: .elsewhere)
    try study.takePart(["--restart", "bash serve.sh", "--withdraw"])
    let status = try study.run("study", "status", "studies/first")
    #expect(
      status.output.contains("0 participants began") && status.output.contains("\n0 answers,"), "\(status)")
    #expect(status.output.contains("1 participant withdrew"))
  }

  /// Who comes back begins anew, with later attempts, or isn't let in; what was answered before is kept.
  @Test(arguments: [StudyDefinition.ResumePolicy.restart, .block])
  func comingBack(_ policy: StudyDefinition.ResumePolicy) throws {
    let study = try BrowserStudy("A", resume: policy)
    try study.takePart()
    try study.expectWhatWasPressed()
    let status = try study.run("study", "status", "studies/first")
    let ended = policy == .restart ? 1 : 0
    #expect(status.output.contains("1 participant began, \(ended) got to the end"), "\(status)")
  }
}
