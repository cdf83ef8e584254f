/// A program in R for the models that the field reports beside the tests: a cumulative link mixed model of the ratings
/// (Christensen, `ordinal`), a logistic one of the choices (Bates et al. 2015, `lme4`), with participants and targets as
/// random effects. It reads `judgements.csv` and takes all names from there.
enum MixedModelScript {
  static let text = """
    # Mixed models of the judgements. Run in the folder of judgements.csv:
    #   Rscript mixed-models.R
    # Needs the packages ordinal (ratings), lme4 (choices) and, for pairs of methods, emmeans:
    #   install.packages(c("ordinal", "lme4", "emmeans"))

    judgements <- read.csv("judgements.csv", stringsAsFactors = FALSE, na.strings = "",
                           colClasses = c(participant = "character", target = "character", method = "character"))
    main <- judgements[judgements$kind == "main" & judgements$kept == 1 & !is.na(judgements$score), ]

    # Random intercepts for whatever has more than one level.
    random <- function(data) {
      groups <- c("participant", "target")
      groups <- groups[sapply(groups, function(name) length(unique(data[[name]])) > 1)]
      paste0("(1 | ", groups, ")")
    }

    model <- function(terms) as.formula(paste("score ~", paste(terms, collapse = " + ")))

    pairs_of <- function(fit) {
      if (requireNamespace("emmeans", quietly = TRUE)) {
        print(emmeans::emmeans(fit, pairwise ~ method, adjust = "holm"))
      }
    }

    for (name in unique(main$part)) {
      data <- main[main$part == name, ]
      data$method <- factor(data$method, levels = unique(data$method))
      data$participant <- factor(data$participant)
      data$target <- factor(data$target)
      cat("\\n==", name, "==", nrow(data), "judgements\\n")
      if (nlevels(data$method) < 2 || nlevels(data$participant) < 2 || length(unique(data$score)) < 2) {
        cat("Too little varies for a model.\\n")
        next
      }
      if (data$task[1] == "rating" && length(unique(data$score)) > 2) {
        # Proportional odds; the likelihood-ratio test compares with the model without methods.
        data$score <- factor(data$score, ordered = TRUE)
        full <- ordinal::clmm(model(c("method", random(data))), data = data, Hess = TRUE)
        none <- ordinal::clmm(model(c("1", random(data))), data = data, Hess = TRUE)
        print(summary(full))
        print(anova(none, full))
        pairs_of(full)
      } else if (data$task[1] != "word") {
        # Right or wrong; ratings of which only two occur are no scale either.
        data$score <- as.integer(data$score == max(data$score))
        full <- lme4::glmer(model(c("method", random(data))), data = data, family = binomial)
        none <- lme4::glmer(model(c("1", random(data))), data = data, family = binomial)
        print(summary(full))
        print(anova(none, full))
        pairs_of(full)
      } else {
        cat("Similarities of words are neither ordinal nor binary; see pairs.csv.\\n")
      }
    }

    """
}
