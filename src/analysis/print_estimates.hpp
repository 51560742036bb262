// Estimates as text for a terminal, CSV or JSON.
#pragma once

#include <string>

#include "analysis/formula_estimate.hpp"
#include "instrument/study.hpp"

namespace topline {

// What was asked, and of whom, for the heads of the output.
struct EstimateTitle {
  std::string formula;  // as written
  double level = 95;    // percent
};

// One line for each group; below them the statistic, the interval's method, the variance's and
// the design. Bases below the study's limits are marked.
std::string estimates_text(const FormulaEstimates& estimates, const EstimateRequest& request,
                           const EstimateTitle& title, const Codebook& codebook, const Study& study,
                           int width);

// Full precision; columns: a name for each variable of `by`, estimate, standard_error, low, high,
// degrees_of_freedom, n, effective_base. Empty cells where there is no estimate or no interval.
std::string estimates_csv(const FormulaEstimates& estimates, const EstimateRequest& request,
                          const Codebook& codebook);

// The same, with the methods and the design, and the covariance of the groups that have an
// estimate.
std::string estimates_json(const FormulaEstimates& estimates, const EstimateRequest& request,
                           const EstimateTitle& title, const Codebook& codebook);

}  // namespace topline
