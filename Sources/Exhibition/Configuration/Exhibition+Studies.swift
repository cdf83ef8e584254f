public import Study

extension Exhibition {
  /// A study: which pictures people judge, and what they read. `vitrine study plan` makes it ready.
  public struct StudyEntry: Sendable, Equatable {
    /// Its name, which is also that of its folder and its addresses.
    public var name: String
    /// The heading that participants see.
    public var title: String
    /// The folder of its definition, plan, pictures and answers.
    public var folder: String
    /// The language of its texts.
    public var language: String
    /// The seed of the assignment and of the pictures' blinded names.
    public var seed: UInt64
    /// For how many participants a plan is made.
    public var participants: Int
    /// Whether answers come from a simulation.
    public var isSimulated: Bool
    /// What becomes of a participant who comes back.
    public var resume: StudyDefinition.ResumePolicy
    /// Where answers go.
    public var collection: Collection
    /// Where the file of answers is sent in the end, if nothing collects them.
    public var postAddress: String?
    /// What participants read; what isn't written is ``StudyWording``'s.
    public var texts: Texts
    /// Questions about the instructions; `nil` for the usual ones.
    public var comprehension: [FormQuestion]?
    /// Questions about the person; `nil` for the usual ones.
    public var demographics: [FormQuestion]?
    /// Who is left out of the analysis.
    public var exclusions: ExclusionRules
    /// What a participant gets in the end.
    public var completion: StudyDefinition.Completion
    /// The parts in their order.
    public var parts: [Part]
    /// Where it was written.
    public var place: Place

    /// Where answers go.
    public enum Collection: Sendable, Equatable {
      /// Into a file that the participant saves and sends.
      case file
      /// To the server that serves the pages, at `/collect/<study>`.
      case here
      /// To a collector at another address.
      case at(String)
    }

    /// What the author wrote for participants, in Markdown; `nil` where there is a usual text.
    public struct Texts: Sendable, Equatable {
      /// What it is about.
      public var welcome: String?
      /// What a participant agrees to.
      public var consent: String?
      /// What is to be done.
      public var instructions: String?
      /// What it was about.
      public var debrief: String?
      /// Words of the pages by their names.
      public var interface: [String: String] = [:]
    }

    /// A task on a number of targets.
    public struct Part: Sendable, Equatable {
      /// Its name in rows.
      public var name: String
      /// Its heading; `nil` for the usual one.
      public var title: String?
      /// What is asked; `nil` for the usual question.
      public var question: String?
      /// What is to be done.
      public var task: StudyPart.Task
      /// Which methods a participant sees of a target.
      public var arrangement: StudyPart.Arrangement
      /// What is judged.
      public var subjects: Subjects
      /// The model whose pictures are judged.
      public var model: String
      /// Names of the methods compared; ``natural`` is one of them where natural pictures are an arm of their own.
      public var methods: [String]
      /// The seed of the pictures.
      public var seed: UInt64
      /// In a choice, how many pictures a grid has.
      public var pictures: Int
      /// In a choice, how many pairs of queries each neuron has.
      public var pairs: Int
      /// How many trials are shown again.
      public var repeats: Int
      /// How many catch trials there are.
      public var catches: Int
      /// How many practice trials there are.
      public var practice: Int
      /// What the lowest value means; `nil` for the usual word.
      public var low: String?
      /// What the highest value means; `nil` for the usual word.
      public var high: String?
      /// Where it was written.
      public var place: Place

      /// The arm of natural pictures in a choice.
      public static let natural = "natural"
    }

    /// What is judged.
    public enum Subjects: Sendable, Equatable {
      /// Classes of the exhibition, by name.
      case classes([String])
      /// Neurons of the exhibition, by their addresses as written there.
      case units([String])
    }
  }

  /// The study of a name.
  public func study(named name: String) -> StudyEntry? { studies.first { $0.name == name } }
}
