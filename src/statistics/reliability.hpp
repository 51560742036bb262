// How far the items of a scale measure one thing.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"

namespace topline::statistics {

struct Reliability {
  double alpha = 0;               // of the sum of the items
  double standardized_alpha = 0;  // of the sum of items that were brought to one variance
  double average_correlation = 0;
};

struct ItemReliability {
  double alpha_without = 0;  // the reliability of the others
  double standardized_alpha_without = 0;
  double average_correlation_without = 0;
  double correlation_with_rest = 0;  // of the item and the sum of the others
};

struct ScaleReliability {
  Reliability scale;
  std::vector<ItemReliability> items;  // empty for a scale of two
};

// Cronbach's alpha, k/(k − 1)·(1 − Σ variances/variance of the sum) = k/(k − 1)·(1 − trace/sum of
// the covariance matrix) (Cronbach 1951, Psychometrika 16, 297-334, equation 2), the same of the
// correlation matrix, k·r̄/(1 + (k − 1)·r̄), and both without each item in turn. `items` has a column
// per item, all of one length, answers in the same direction; cases with a missing answer are the
// caller's to leave out. Refused: fewer than two items or cases, values that are not finite, an
// item whose answers are all the same, and items that add up to a constant.
Result<ScaleReliability> scale_reliability(std::span<const std::vector<double>> items);

}  // namespace topline::statistics
