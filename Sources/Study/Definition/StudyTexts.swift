/// What participants read, in Markdown and in the study's language.
public struct StudyTexts: Codable, Equatable, Sendable {
  /// What it is about and how long it takes.
  public var welcome: String
  /// What a participant agrees to. Its hash is the answer to the consent.
  public var consent: String
  /// What is to be done.
  public var instructions: String
  /// What it was about, shown in the end beside the code for withdrawing.
  public var debrief: String
  /// Words of the pages (buttons, messages) in another language, by their names.
  public var interface: [String: String]

  /// Texts.
  public init(
    welcome: String, consent: String, instructions: String, debrief: String, interface: [String: String] = [:]
  ) {
    self.welcome = welcome
    self.consent = consent
    self.instructions = instructions
    self.debrief = debrief
    self.interface = interface
  }
}
