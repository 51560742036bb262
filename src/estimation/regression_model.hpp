// What a regression explains by what: predictors, terms, and the columns of the model matrix that
// they come to.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace topline {

// A variable that explains, one of the inputs of the rows.
struct Predictor {
  std::string name;
  size_t input = 0;
  // 0: the input is a number. Otherwise it holds codes 0 … levels − 1, and every level but the
  // reference has a column of zeros and ones.
  size_t levels = 0;
  size_t reference = 0;
  std::vector<std::string> level_names;  // by code; may be empty

  [[nodiscard]] bool categorical() const { return levels > 0; }
  // "age", or "region: north" of a level.
  [[nodiscard]] std::string name_of(size_t level) const;
};

// A predictor's own effect, or the product of several: an interaction.
struct RegressionTerm {
  std::vector<size_t> predictors;  // by position, each once
};

enum class RegressionFamily {
  linear,    // the mean is η
  logistic,  // the mean is 1/(1 + exp(−η)); outcomes lie between 0 and 1
};

struct RegressionModel {
  RegressionFamily family = RegressionFamily::linear;
  size_t outcome = 0;  // an input
  std::string outcome_name;
  std::vector<Predictor> predictors;
  std::vector<RegressionTerm> terms;
  bool intercept = true;
};

// A model with the predictors' own effects alone.
RegressionModel main_effects(RegressionFamily family, size_t outcome, std::string outcome_name,
                             std::vector<Predictor> predictors);

// "age × region"
std::string term_name(const RegressionModel& model, const RegressionTerm& term);

// One column of the model matrix: a product of numbers and indicators; of nothing, the intercept.
struct ModelColumn {
  struct Factor {
    size_t predictor = 0;
    size_t level = 0;  // of a categorical predictor
  };
  std::vector<Factor> factors;
  size_t term = 0;   // terms.size() for the intercept
  std::string name;  // "(Intercept)", "age", "region: north", "age × region: north"
};

// The model matrix row by row.
class ModelMatrix {
 public:
  explicit ModelMatrix(const RegressionModel& model);

  [[nodiscard]] size_t size() const { return columns_.size(); }
  [[nodiscard]] const std::vector<ModelColumn>& columns() const { return columns_; }

  // The columns of row k. `out` has size() places.
  void row(const double* const* in, size_t k, double* out) const;
  // The same if the categorical `predictor` had the level `level`.
  void row_at_level(const double* const* in, size_t k, size_t predictor, size_t level,
                    double* out) const;
  // The derivatives of row k's columns by the numeric `predictor`.
  void row_derivative(const double* const* in, size_t k, size_t predictor, double* out) const;

 private:
  std::vector<Predictor> predictors_;
  std::vector<ModelColumn> columns_;
};

// Refuses models that do not make sense by themselves, naming what is wrong: no terms and no
// intercept, terms of unknown or repeated predictors, references that are no level, an outcome
// among the predictors.
Result<Done> check_model(const RegressionModel& model);

}  // namespace topline
