import Foundation
import Study
import Testing

@testable import CollectorTrial

/// A study on the command line: rehearsed, analyzed; others' data analyzed.
@Suite struct StudyAnalysisCommandTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    let definition = TrialStudy.definition()
    try StudyFolder(path: folder.path + "/pilot").write(
      definition, try StudyPlan.make(for: definition, participants: 6, seed: 1))
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, in: folder.path)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test func fromRehearsalToResults() throws {
    let rehearsal = try run("study", "simulate", "pilot", "--participants", "24", "--seed", "1")
    #expect(rehearsal.code == 0 && rehearsal.output.contains("kept, as test runs"), "\(rehearsal)")
    let nothing = try run("study", "analyze", "pilot")
    #expect(nothing.code == 1 && nothing.errors.contains("there is no answer in it yet"))
    let analysis = try run(
      "study", "analyze", "pilot", "--test-runs", "--words", "none", "--replicates", "200")
    #expect(analysis.code == 0 && analysis.output.contains("24 participants"), "\(analysis)")
    for name in ["methods.csv", "pairs.csv", "codebook-of-results.md", "mixed-models.R", "analysis.json"] {
      #expect(try !text("pilot/results/\(name)").isEmpty)
    }
    let clip = try run(
      "study", "analyze", "pilot", "--test-runs", "--clip", Program.repository + "/Tests/Fixtures/clip/tiny",
      "--replicates", "200", "-o", "by-clip")
    #expect(clip.code == 0, "\(clip)")
    #expect(try text("by-clip/analysis.json").contains("cosine of texts in CLIP, tiny"))
    #expect(try text("by-clip/words.csv") != text("pilot/results/words.csv"))
    let power = try run(
      "study", "power", "pilot", "--test-runs", "--words", "none", "--sizes", "5,10", "--simulations", "20",
      "-o",
      "power")
    #expect(power.code == 0 && power.output.contains("  10: any method"), "\(power)")
  }

  @Test func dataFromElsewhere() throws {
    var table = "worker,neuron,condition,right\n"
    for worker in 0..<12 {
      for neuron in 0..<6 {
        table += "w\(worker),n\(neuron),natural,true\nw\(worker),n\(neuron),synthetic,\(neuron % 2 == 0)\n"
      }
    }
    try folder.write("trials.csv", table)
    let arguments = [
      "study", "import", "trials.csv", "--column", "subject=worker", "--column", "unit=neuron", "--column",
      "method=condition", "--column", "correct=right", "-o", "published",
    ]
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.code == 0 && outcome.output.contains("natural: 1.00"), "\(outcome)")
    #expect(outcome.output.contains("synthetic: 0.50"))
    #expect(try text("published/choices.csv").contains("natural"))
  }

  @Test func wordsCanBeTranslated() throws {
    let words = try run("study", "words")
    #expect(words.code == 0 && words.output.contains("  begin: \"Begin\"\n"))
    #expect(words.output.split(separator: "\n").count == StudyWords.english.count + 1)
  }

  @Test func mistakes() throws {
    let cases: [([String], Int32, String)] = [
      (["study", "simulate", "pilot", "--effect", "a=9"], 64, "should read method=mean"),
      (["study", "simulate", "pilot", "--effect", "nothing=3"], 64, "the study has no method \"nothing\""),
      (["study", "simulate", "nowhere"], 1, "nowhere/study.json"),
      (["study", "simulate", "pilot", "--at", "http://127.0.0.1:1"], 1, "can't be reached"),
      (["study", "power", "pilot", "--sizes", "ten"], 64, "whole numbers"),
      (
        ["study", "import", "none.csv", "--column", "subject=a", "--column", "unit=b", "-o", "x"], 1,
        "correct=…"
      ),
      (["study", "plan", "none.yaml"], 1, "none.yaml"),
    ]
    for (arguments, code, message) in cases {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.code == code && outcome.errors.contains(message), "\(arguments): \(outcome)")
    }
  }
}
