/// Tables of who took part and who is left out.
extension StudyAnalysis {
  var stepsTable: CSVTable {
    var table = CSVTable(
      "steps", "One row is a step of the study, in its order: where participants drop out.",
      columns: [
        ("step", "a form or a part"), ("begun", "participants who answered something there"),
        ("ended", "participants who answered everything there"),
      ])
    for step in participation.steps {
      table.append([.text(step.name), .count(step.begun), .count(step.ended)])
    }
    return table
  }

  var demographicsTable: CSVTable {
    var table = CSVTable(
      "demographics", "One row is an answer to a question about the person.",
      columns: [("question", "the question"), ("answer", "the band"), ("participants", "how many chose it")])
    for question in participation.demographics {
      for answer in question.answers {
        table.append([.text(question.name), .text(answer.value), .count(answer.count)])
      }
    }
    return table
  }

  var exclusionsTable: CSVTable {
    var table = CSVTable(
      "exclusions", "One row is a rule that a participant broke. Whoever breaks one is left out.",
      columns: [
        ("participant", "the pseudonym"), ("rule", "the rule"), ("found", "what was found"),
        ("limit", "what the study asks for"),
      ])
    for exclusion in exclusions {
      for reason in exclusion.reasons {
        table.append([
          .text(exclusion.participant), .text(reason.rule.rawValue), .optional(reason.found),
          .optional(reason.limit),
        ])
      }
    }
    return table
  }

  var thresholdsTable: CSVTable {
    var table = CSVTable(
      "thresholds",
      "One row is a method in a part, as it would be with another limit of one rule and all other rules as declared.",
      columns: [
        ("rule", "the rule"), ("limit", "its limit; empty without the rule"),
        ("declared", "1 if that is what the study declares, else 0"),
        ("excluded", "participants whom all rules together leave out"), ("kept", "participants who are left"),
        ("part", "the part of the study"), ("method", "the method"), ("mean", "the mean of its scores"),
        (
          "p",
          "the p-value of Friedman's test in the part, or of Kruskal and Wallis' where every participant judged one method"
        ),
      ])
    for effect in thresholds {
      for (result, part) in zip(effect.parts, outline.parts) {
        for (method, mean) in zip(part.methods, result.means) {
          table.append([
            .text(effect.rule.rawValue), .optional(effect.limit), .count(effect.isDeclared ? 1 : 0),
            .count(effect.excluded), .count(effect.kept), .text(part.name), .text(method), .optional(mean),
            .optional(result.p),
          ])
        }
      }
    }
    return table
  }
}
