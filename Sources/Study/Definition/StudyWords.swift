import Foundation

/// The words of a study's pages beside its texts: English ones, or the study's own by their names.
///
/// In braces stand places, `{n}`, `{m}`, `{letter}`, `{name}`, `{values}`, `{reason}`, which a translation keeps.
public struct StudyWords: Codable, Equatable, Sendable {
  package var begin = "Begin"
  package var next = "Next"
  package var back = "Back"
  package var goOn = "Go on"
  package var check = "Check my answers"
  package var tryAgain = "Try again"
  package var done = "Done"
  package var consentTitle = "Your consent"
  package var agree = "I have read this and agree to take part."
  package var agreeFirst =
    "Please tick the box first. Without your consent nothing is asked and nothing is kept."
  package var instructionsTitle = "What you will do"
  package var instructionsAgain =
    "That wasn't quite it, which is no matter. Please read this once more; then you can answer again."
  package var comprehensionTitle = "Before it begins"
  package var comprehensionNote = "A short check that the instructions are clear."
  package var partOf = "Part {n} of {m}"
  package var partLength = "Screens in this part: {n}"
  package var practiceFirst = "First comes practice, which doesn't count. Screens of practice: {n}"
  package var practice = "Practice"
  package var keys = "Keys: numbers answer, Enter goes on."
  package var progress = "Progress"
  package var place = "{n} of {m}"
  package var picture = "Picture {letter}"
  package var references = "Examples"
  package var reference = "Example {n}"
  package var yourWord = "A word or a short phrase"
  package var yourChoice = "Your choice"
  package var confidence = "How sure are you?"
  package var most = "These excite it most"
  package var least = "These excite it least"
  package var mostPicture = "Exciting {n}"
  package var leastPicture = "Not exciting {n}"
  package var missing = "This has no answer yet: {name}"
  package var wordMissing = "Please write a word or a short phrase."
  package var right = "That is right."
  package var wrong = "Not quite."
  package var wouldBeRight = "{name}: right would be {values}."
  package var once = "Please try it once more."
  package var or = "or"
  package var before = "In the practice before, right was: {values}."
  package var demographicsTitle = "About you"
  package var demographicsNote = "You may leave out any of these."
  package var allSaved = "All answers are saved."
  package var oneWaits = "1 answer waits to be sent; it is kept in this browser."
  package var manyWait = "{n} answers wait to be sent; they are kept in this browser."
  package var keptHere = "Your answers are kept in this browser. At the end you save them as a file."
  package var keptNowhere =
    "This browser keeps nothing. Please finish without reloading or closing this page."
  package var loading = "Loading…"
  package var loadFailed = "A part of this page couldn't be loaded. Please check your connection."
  package var connecting = "Connecting…"
  package var unreachable = "The study can't be reached at the moment. It is tried again on its own."
  package var goOnAlone = "Go on without a connection, and save a file at the end"
  package var changed = "This study was changed meanwhile. Please load the page again."
  package var cannotBegin = "The study can't begin: {reason}"
  package var savingTitle = "Saving your answers"
  package var savingNote = "Please keep this page open until all of them are saved."
  package var wayOut =
    "This takes longer than it should. It goes on being tried on its own; you can also save your answers as a file and send it to whoever invited you."
  package var refused =
    "Some of your answers ({n}) couldn't be taken. Please save your answers as a file and send it to whoever invited you."
  package var saveFile = "Save my answers as a file"
  package var fileNote =
    "Your answers are on this device only. Please save them as a file and send it to whoever invited you."
  package var posted = "Your answers were sent. The file is a copy for you."
  package var postFailed =
    "Your answers couldn't be sent. Please save the file and send it to whoever invited you."
  package var thanksTitle = "Thank you"
  package var withdrawalCode = "Your code for withdrawing"
  package var withdrawalNote =
    "With this code you can withdraw your answers later. Please note it down: nobody else knows it."
  package var completionCode = "Your completion code"
  package var completionLink = "Back to where you came from"
  package var anotherPerson = "Someone else takes part on this device"
  package var anotherPersonNote = "Your answers and codes are then removed from this browser."
  package var withdrawTitle = "Withdraw answers that you gave earlier"
  package var withdraw = "Withdraw"
  package var blockedTitle = "You were here before"
  package var blocked = "This study can be taken once only, and can't be entered again."
  package var elsewhereTitle = "Open in another tab"
  package var elsewhere =
    "This study is open in another tab or window of this browser. Please go on there, or close it to go on here."
  package var simulated =
    "A demonstration: the answers in this study's results are simulated and not given by people."
  package var testRun = "Test run: these answers are kept apart and not counted."
  package var noScript = "This study needs JavaScript, which is switched off in this browser."
  package var noScriptForms =
    "JavaScript is switched off in this browser. You can take part all the same, one page after the other."
  package var lastTitle = "That is all"
  package var lastNote = "Please press the button: then your answers are complete, and you get your codes."
  package var troubleTitle = "Something is missing"
  package var errorTitle = "This could not be saved"
  package var errorBack = "Go back with your browser's button, and try again."
  package var withdrawnTitle = "Withdrawn"
  package var withdrawn = "Your answers are deleted."

  /// The English words.
  public init() {}

  /// The words of a study: its own, and English ones where it has none.
  public init(_ own: [String: String]) {
    self.init()
    // Names are the properties', so that what can be read from JSON is whatever a study may write.
    let all = Self.english.merging(own.filter { Self.english[$0.key] != nil }) { $1 }
    if let data = try? JSONEncoder().encode(all),
      let words = try? JSONDecoder().decode(StudyWords.self, from: data)
    {
      self = words
    }
  }

  /// All English words by their names.
  public static let english: [String: String] = Dictionary(
    Mirror(reflecting: StudyWords()).children.compactMap { child in
      child.label.flatMap { label in (child.value as? String).map { (label, $0) } }
    }, uniquingKeysWith: { first, _ in first })

  /// The places of a text where a value is put in, without their braces.
  public static func places(of text: String) -> Set<String> {
    Set(text.matches(of: /\{(\w+)\}/).map { String($0.output.1) })
  }

  /// The places that a translation of a word keeps.
  public static func places(in name: String) -> Set<String> { places(of: english[name] ?? "") }
}
