// Regressions over the cases of a study, with what the sample's design says about them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/result_table.hpp"
#include "analysis/weighed_cases.hpp"
#include "base/diagnostic.hpp"
#include "estimation/regression_model.hpp"
#include "instrument/expression.hpp"

namespace topline {

// A model as written on the command line.
struct ModelWords {
  std::string formula;  // "income ~ age + region + age:region"
  std::string where;
  std::vector<std::string> references;  // "region == north": the level that others are held against
  std::optional<RegressionFamily> family;
  bool effects = false;  // average marginal effects
  bool drivers = false;  // key drivers, of a linear model
};

// What explains: a question with options, or a number (a condition: 0 or 1).
struct ModelPredictor {
  std::string name;
  VariableId variable;  // of classes; otherwise invalid
  std::optional<Expression> number;
  int reference = -1;  // option's position; −1: the first that somebody chose
};

struct ModelRequest {
  ModelWords words;
  Expression outcome;
  RegressionFamily family = RegressionFamily::linear;
  std::vector<ModelPredictor> predictors;
  std::vector<RegressionTerm> terms;
  std::optional<Expression> where;
};

// `A + B` are terms, `A:B` their interaction, `A * B` all three. A term with a sum or product of
// numbers stands in brackets. A condition is explained by logistic regression, anything else by a
// linear one, unless `family` says otherwise. Faults go to `faults`, placed in the texts of
// model_files.
std::optional<ModelRequest> parse_model(const ModelWords& words, const Codebook& codebook,
                                        Diagnostics& faults);

// The texts that these faults point into, by name: "formula", "--where", "--reference 1" ….
std::map<std::string, std::string> model_files(const ModelWords& words);

// Coefficients, Wald tests of terms with several of them, and what was asked for besides. Cases
// that lack a number or an opinion are left out. `level` is a fraction, such as 0.95.
// Refused for samples without margin of error (Sample::gives_intervals), and where the fit is, with
// its reason.
Result<ResultTables> survey_model(const ModelRequest& request, const OpenStudy& study,
                                  const WeighedCases& cases, double level);

}  // namespace topline
