/// Tables of tests and of agreement.
extension StudyAnalysis {
  var testsTable: CSVTable {
    var table = CSVTable(
      "tests", "One row is a part: tests over all methods, on participants' means.",
      columns: Self.groupColumns + [
        ("participants", "participants who judged every method"), ("chi_square", "Friedman's statistic"),
        ("df", "its degrees of freedom"), ("p", "its p-value"), ("w", "Kendall's coefficient of concordance"),
        ("f", "the statistic of Iman and Davenport"), ("f_df1", "its degrees of freedom, numerator"),
        ("f_df2", "its degrees of freedom, denominator"), ("f_p", "its p-value"),
        ("h", "the statistic of Kruskal and Wallis, where every participant judged one method"),
        ("h_df", "its degrees of freedom"), ("h_p", "its p-value"), Self.noteColumn,
      ])
    for (group, part) in groups {
      let test = part.comparison.friedman.value
      let f = test?.imanDavenport
      let groups = part.comparison.kruskalWallis.value
      table.append([
        group, .text(part.name), .optional(test?.participants), .optional(test?.chiSquare),
        .optional(test?.degrees), .optional(test?.p), .optional(test?.concordance), .optional(f?.f),
        .optional(f?.degrees.first), .optional(f?.degrees.last), .optional(f?.p), .optional(groups?.h),
        .optional(groups?.degrees), .optional(groups?.p), .optional(part.comparison.friedman.reason),
      ])
    }
    return table
  }

  var pairsTable: CSVTable {
    var table = CSVTable(
      "pairs", "One row is a pair of methods in a part, on participants' means.",
      columns: Self.groupColumns + [
        ("first", "the method whose advantage is positive"), ("second", "the other method"),
        ("participants", "participants who judged both"), ("difference", "the mean difference"),
        ("difference_low", "lower end of its interval, participants resampled"),
        ("difference_high", "upper end"),
        ("w_plus", "rank sum of positive differences"), ("w_minus", "rank sum of negative differences"),
        ("zeros", "participants to whom both methods are equal"), ("z", "standardized rank sum"),
        ("u", "the statistic of Mann and Whitney, where nobody judged both"),
        ("p", "two-sided: Wilcoxon's signed-rank test, or Mann and Whitney's where nobody judged both"),
        ("p_source", "`exact`, or `normal` for the approximation with correction for ties"),
        ("p_holm", "p after Holm's correction for the part's pairs"),
        ("rank_biserial", "matched-pairs rank-biserial correlation"),
        ("cliffs_delta", "Cliff's delta of the means"),
        Self.noteColumn,
      ])
    for (group, part) in groups {
      for pair in part.comparison.pairs {
        let (test, apart) = (pair.wilcoxon.value, pair.mannWhitney.value)
        let interval = pair.differenceInterval.value
        table.append([
          group, .text(part.name), .text(pair.first), .text(pair.second), .count(pair.participants),
          .optional(pair.difference), .optional(interval?.low), .optional(interval?.high),
          .optional(test?.positive), .optional(test?.negative), .optional(test?.zeros), .optional(test?.z),
          .optional(apart?.u), .optional(pair.p), .optional(test?.source.rawValue ?? apart?.source.rawValue),
          .optional(pair.correctedP),
          .optional(test?.rankBiserial), .optional(pair.cliffsDelta.value), .optional(pair.wilcoxon.reason),
        ])
      }
    }
    return table
  }

  var choicesTable: CSVTable {
    var table = CSVTable(
      "choices", "One row is a method in a part with two alternatives.",
      columns: Self.groupColumns + [
        ("method", "the method"), ("trials", "how many choices"), ("right", "how many of them are right"),
        ("accuracy", "their share"),
        ("wilson_low", "lower end of Wilson's interval, trials taken for independent"),
        ("wilson_high", "upper end"),
        ("bootstrap_low", "lower end of the interval with participants resampled"),
        ("bootstrap_high", "upper end"), ("p_binomial", "exact binomial test against chance, 0.5"),
        ("p_participants", "signed-rank test of participants' accuracies against chance"),
        ("confidence", "mean confidence from 1 to 3"), ("confidence_right", "the same of right choices"),
        ("confidence_wrong", "the same of wrong choices"), Self.noteColumn,
      ])
    for (group, part) in groups {
      for result in part.methods {
        guard let choices = result.choices else { continue }
        let (wilson, bootstrap) = (choices.interval.value, result.scores.meanInterval.value)
        table.append([
          group, .text(part.name), .text(result.method), .count(choices.trials), .count(choices.right),
          .optional(choices.accuracy), .optional(wilson?.low), .optional(wilson?.high),
          .optional(bootstrap?.low),
          .optional(bootstrap?.high), .optional(choices.againstChance.value),
          .optional(choices.participantsAgainstChance.value?.p), .optional(choices.confidence),
          .optional(choices.confidenceWhenRight), .optional(choices.confidenceWhenWrong),
          .optional(choices.participantsAgainstChance.reason),
        ])
      }
    }
    return table
  }

  var confidenceTable: CSVTable {
    var table = CSVTable(
      "confidence", "One row is a degree of confidence with a method in a part with two alternatives.",
      columns: Self.groupColumns + [
        ("method", "the method"), ("confidence", "from 1, unsure, to 3, sure"),
        ("trials", "how many choices"),
        ("right", "how many of them are right"),
      ])
    for (group, part) in groups {
      for result in part.methods {
        for share in result.choices?.byConfidence ?? [] {
          table.append([
            group, .text(part.name), .text(result.method), .count(share.confidence), .count(share.trials),
            .count(share.right),
          ])
        }
      }
    }
    return table
  }

  var agreementTable: CSVTable {
    var table = CSVTable(
      "agreement", "One row is a part: how far participants agree with each other, and with themselves.",
      columns: Self.groupColumns + [
        ("units", "pictures that were judged"),
        ("alpha", "Krippendorff's alpha: ordinal for ratings, nominal for choices, interval for words"),
        ("icc_raters", "participants who rated every picture"), ("icc_single", "ICC(2,1)"),
        ("icc_single_low", "lower end of its interval"), ("icc_single_high", "upper end"),
        ("icc_mean", "ICC(2,k), of the mean of these participants"),
        ("icc_mean_low", "lower end of its interval"),
        ("icc_mean_high", "upper end"), ("repeats", "trials that were answered twice"),
        ("repeats_same", "the share that was answered the same"),
        ("repeats_distance", "mean distance of the two ratings"),
        ("repeats_kappa", "Cohen's kappa: quadratically weighted for ratings, unweighted for choices"),
        ("repeats_rho", "Spearman's correlation of the two ratings"), Self.noteColumn,
      ])
    for (group, part) in groups {
      let (icc, repeats) = (part.agreement.intraclass.value, part.reliability)
      let notes = [
        part.agreement.alpha.reason.map { "alpha: \($0)" },
        part.agreement.intraclass.reason.map { "icc: \($0)" },
        repeats.kappa.reason.map { "kappa: \($0)" },
      ].compactMap { $0 }
      table.append([
        group, .text(part.name), .count(part.agreement.units), .optional(part.agreement.alpha.value),
        .optional(icc?.raters), .optional(icc?.single), .optional(icc?.singleInterval?.low),
        .optional(icc?.singleInterval?.high), .optional(icc?.average), .optional(icc?.averageInterval?.low),
        .optional(icc?.averageInterval?.high), .count(repeats.pairs), .optional(repeats.sameShare),
        .optional(repeats.meanDistance), .optional(repeats.kappa.value),
        .optional(repeats.correlation.value?.coefficient),
        .optional(notes.isEmpty ? nil : notes.joined(separator: "; ")),
      ])
    }
    return table
  }
}
