// Estimates of formulas over the cases, such as share(Q17 == open) or
// share(Q1 == a | source == panel) - share(Q1 == a | source == social), in the whole sample and
// in its groups, with what the sample's design says about their precision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate_request.hpp"
#include "analysis/study_sample.hpp"
#include "dataset/dataset.hpp"
#include "estimation/estimates.hpp"

namespace topline {

// One group's estimate. `groups` holds an option's position for each variable of `by`.
struct GroupEstimate {
  std::vector<int> groups;
  int64_t base = 0;                  // respondents that it rests on
  double effective_base = 0;         // (Σw)² / Σw²
  std::optional<Estimate> estimate;  // none: nobody to estimate from
  bool bounded = true;               // false: too few units, or rows, for an interval
  // None where not bounded, or beyond what the sample shows (of quantiles; the standard error is
  // then not known either).
  std::optional<double> low;
  std::optional<double> high;
  // The variance over that of as many respondents drawn alone, with replacement (Kish 1965, section
  // 8.2); of shares, means and totals, under a design or with weights.
  std::optional<double> design_effect;
};

struct FormulaEstimates {
  std::vector<GroupEstimate> groups;
  Eigen::MatrixXd covariance;  // of the groups that have an estimate, in order; none of medians
  bool percent = false;        // a share
  bool intervals = true;       // false: an opt-in sample without a declared model
  std::string statistic;       // the formula's name: "weighted share (ratio of totals)"
  std::string interval;        // "logit, Student's t with 156 degrees of freedom"
  std::string method;
  std::string design;   // in words
  std::string caution;  // what to know before using the intervals; empty: nothing
};

// `level` is a fraction, such as 0.95. Refused where the design is (strata with a single unit), and
// intervals that belong to another kind of sample.
Result<FormulaEstimates> formula_estimates(const EstimateRequest& request,
                                           const StudySample& sample, const Dataset& dataset,
                                           double level, size_t threads = 1);

}  // namespace topline
