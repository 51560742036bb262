#include "estimation/regression_model.hpp"

#include <algorithm>
#include <utility>

namespace topline {

namespace {

// The columns of a term, the first predictor's levels varying fastest.
std::vector<ModelColumn> columns_of_term(const std::vector<Predictor>& predictors,
                                         const RegressionTerm& term, size_t number) {
  std::vector<ModelColumn> columns(1);
  columns.front().term = number;
  for (const size_t position : term.predictors) {
    const Predictor& predictor = predictors[position];
    std::vector<ModelColumn> longer;
    for (size_t level = 0; level < std::max<size_t>(1, predictor.levels); ++level) {
      if (predictor.categorical() && level == predictor.reference)
        continue;
      for (ModelColumn column : columns) {
        column.factors.push_back({position, level});
        column.name += (column.name.empty() ? "" : " × ") + predictor.name_of(level);
        longer.push_back(std::move(column));
      }
    }
    columns = std::move(longer);
  }
  return columns;
}

}  // namespace

std::string Predictor::name_of(size_t level) const {
  if (!categorical())
    return name;
  return name + ": " + (level < level_names.size() ? level_names[level] : std::to_string(level));
}

std::string term_name(const RegressionModel& model, const RegressionTerm& term) {
  std::string name;
  for (const size_t position : term.predictors)
    name += (name.empty() ? "" : " × ") + model.predictors[position].name;
  return name;
}

RegressionModel main_effects(RegressionFamily family, size_t outcome, std::string outcome_name,
                             std::vector<Predictor> predictors) {
  RegressionModel model;
  model.family = family;
  model.outcome = outcome;
  model.outcome_name = std::move(outcome_name);
  model.predictors = std::move(predictors);
  for (size_t i = 0; i < model.predictors.size(); ++i)
    model.terms.push_back({{i}});
  return model;
}

ModelMatrix::ModelMatrix(const RegressionModel& model) : predictors_(model.predictors) {
  if (model.intercept)
    columns_.push_back({{}, model.terms.size(), "(Intercept)"});
  for (size_t number = 0; number < model.terms.size(); ++number) {
    for (ModelColumn& column : columns_of_term(predictors_, model.terms[number], number))
      columns_.push_back(std::move(column));
  }
}

void ModelMatrix::row(const double* const* in, size_t k, double* out) const {
  for (const ModelColumn& column : columns_) {
    double product = 1;
    for (const ModelColumn::Factor& factor : column.factors) {
      const Predictor& predictor = predictors_[factor.predictor];
      const double value = in[predictor.input][k];
      if (!predictor.categorical())
        product *= value;
      else if (value != static_cast<double>(factor.level))
        product = 0;
    }
    *out++ = product;
  }
}

void ModelMatrix::row_at_level(const double* const* in, size_t k, size_t predictor, size_t level,
                               double* out) const {
  for (const ModelColumn& column : columns_) {
    double product = 1;
    for (const ModelColumn::Factor& factor : column.factors) {
      const Predictor& of = predictors_[factor.predictor];
      const double value = in[of.input][k];
      if (factor.predictor == predictor)
        product *= factor.level == level ? 1 : 0;
      else if (!of.categorical())
        product *= value;
      else if (value != static_cast<double>(factor.level))
        product = 0;
    }
    *out++ = product;
  }
}

void ModelMatrix::row_derivative(const double* const* in, size_t k, size_t predictor,
                                 double* out) const {
  for (const ModelColumn& column : columns_) {
    double product = 1;
    bool present = false;
    for (const ModelColumn::Factor& factor : column.factors) {
      const Predictor& of = predictors_[factor.predictor];
      const double value = in[of.input][k];
      if (factor.predictor == predictor)
        present = true;
      else if (!of.categorical())
        product *= value;
      else if (value != static_cast<double>(factor.level))
        product = 0;
    }
    *out++ = present ? product : 0;
  }
}

Result<Done> check_model(const RegressionModel& model) {
  if (model.terms.empty() && !model.intercept)
    return fault_in("", "a regression needs a predictor or an intercept");
  for (const Predictor& predictor : model.predictors) {
    if (predictor.input == model.outcome)
      return fault_in("", "`" + predictor.name + "` cannot explain itself",
                      "leave the outcome out of the predictors");
    if (predictor.categorical() &&
        (predictor.levels < 2 || predictor.reference >= predictor.levels))
      return fault_in("", "`" + predictor.name +
                              "` needs two or more levels, one of which is the "
                              "reference");
  }
  for (const RegressionTerm& term : model.terms) {
    std::vector<size_t> sorted = term.predictors;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty() || sorted.back() >= model.predictors.size())
      return fault_in("", "a term of the regression has no such predictor");
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    if (twice != sorted.end())
      return fault_in("", "`" + model.predictors[*twice].name + "` stands twice in one term",
                      "give its square as a variable of its own");
  }
  return Done{};
}

}  // namespace topline
