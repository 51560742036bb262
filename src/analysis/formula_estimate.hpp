// Estimates of formulas over the cases, such as share(Q17 == open) or
// share(Q1 == a | source == panel) - share(Q1 == a | source == social), in the whole sample and
// in its groups, with what the sample's design says about their precision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/study_sample.hpp"
#include "dataset/dataset.hpp"
#include "estimation/design_share_interval.hpp"
#include "estimation/estimates.hpp"

namespace topline {

// "share(Q17 == open) by Q3, Q4": the formula, and the variables whose answers make the groups.
struct EstimateRequest {
  Expression formula;
  std::vector<VariableId> by;
  std::optional<Expression> where;                // restricts the domain
  ShareInterval interval = ShareInterval::logit;  // of shares under a design
};

// Faults of the text go to `faults`, placed in `file`: unknown names, aggregates that are no
// estimates (n, smallest, largest), medians inside a larger formula, functions without a
// derivative (min, max, abs, round).
std::optional<EstimateRequest> parse_estimate(const std::string& text, const std::string& where,
                                              const Codebook& codebook, Diagnostics& faults);

// One group's estimate. `groups` holds an option's position for each variable of `by`.
struct GroupEstimate {
  std::vector<int> groups;
  int64_t base = 0;                  // respondents that it rests on
  double effective_base = 0;         // (Σw)² / Σw²
  std::optional<Estimate> estimate;  // none: nobody to estimate from
  bool bounded = true;               // false: too few units, or rows, for an interval
  double low = 0;
  double high = 0;
};

struct FormulaEstimates {
  std::vector<GroupEstimate> groups;
  Eigen::MatrixXd covariance;  // of the groups that have an estimate, in order; none of medians
  bool percent = false;        // a share
  bool intervals = true;       // false: an opt-in sample without a declared model
  std::string statistic;       // the formula's name: "weighted share (ratio of totals)"
  std::string interval;        // "logit, Student's t with 156 degrees of freedom"
  std::string method;
  std::string design;  // in words
};

// `level` is a fraction, such as 0.95.
Result<FormulaEstimates> formula_estimates(const EstimateRequest& request,
                                           const StudySample& sample, const Dataset& dataset,
                                           double level, size_t threads = 1);

}  // namespace topline
