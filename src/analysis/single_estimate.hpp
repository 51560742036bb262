// Estimates that are no formulas of totals: quantiles, variances, correlations.
#pragma once

#include "analysis/formula_estimate.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// Fills the estimate of one group, whose base is known, with what `request` asks for: its
// arguments are the inputs of `rows`, whose domain is the group. A group with too few rows, or
// whose values do not vary, has no estimate or no interval. `level` is a fraction. Refused where
// the design is (strata with a single unit), and intervals that the design does not have.
// Hands over what to know before using the interval; empty: nothing.
Result<std::string> estimate_single(const EstimateRequest& request, const SampleRows& rows,
                                    double level, GroupEstimate& group);

// "Student's t", and what is said of it besides: " with the design's degrees of freedom".
std::string reference_name(Reference reference);
std::string with_degrees(Reference reference);

// "median: the middle of the weighted distribution"
std::string single_statistic(const EstimateRequest& request);
// "Woodruff, Student's t with the design's degrees of freedom"
std::string single_interval(const EstimateRequest& request);

}  // namespace topline
