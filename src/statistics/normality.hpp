// Whether a simple sample comes from a normal distribution.
#pragma once

#include <span>

#include "base/result.hpp"

namespace topline::statistics {

struct ShapiroWilkTest {
  double statistic = 0;  // W
  double p = 1;
};

// The W of Shapiro and Wilk (1965, Biometrika 52, 591-611) with the coefficients and the p-values
// that Royston approximates (1992, Statist. and Comput. 2, 117-119; 1995, Appl. Statist. 44,
// 547-551). 3 to 5000 values. Refused where all are the same.
Result<ShapiroWilkTest> shapiro_wilk_test(std::span<const double> values);

}  // namespace topline::statistics
