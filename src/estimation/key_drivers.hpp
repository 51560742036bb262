// Which predictors drive an outcome: standardized coefficients, and how much of R² each stands for.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "estimation/estimates.hpp"
#include "estimation/regression_model.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// The most terms that are taken apart: each further one doubles the work.
inline constexpr size_t most_key_drivers = 15;

struct KeyDrivers {
  std::vector<std::string> terms;
  Estimates importance;  // by term: its part of R²; they add up to R²
  Estimates share;       // the same over R²; they add up to 1
  Estimates r_squared;   // a single one
  std::vector<std::string> columns;
  Estimates standardized;  // by column but the intercept: β·s(x)/s(y)
};

// A term's importance is what it adds to R², averaged over all orders in which the terms can enter
// a linear regression: lmg of Lindeman, Merenda and Gold (1980, Introduction to Bivariate and
// Multivariate Analysis, p. 119 ff.; Kruskal 1987, The American Statistician 41, 6-10; Grömping
// 2007, The American Statistician 61, 139-147, equation 5), also known as Shapley's value of the
// term. With two terms it is Johnson's relative weight (2000, Multivariate Behavioral Research 35,
// 1-19). Columns of a categorical predictor or of an interaction enter together; an interaction
// may enter before its parts.
// Everything is a function of weighted moments of first and second order, and varies as these do:
// by linearization, or computed again in every replicate. Standard errors near an importance of 0
// are not to be trusted: it cannot be negative.
// The model must be linear and have an intercept.
// Refused: other models, more than most_key_drivers terms, what fit_regression refuses for the
// same model, and an outcome of which nothing is explained.
Result<KeyDrivers> key_drivers(const SampleRows& rows, const RegressionModel& model);

}  // namespace topline
