// Student's t tests of simple samples. Every p is that of both sides. `level` is that of the
// interval, 0.95 for 95 %. Refused: fewer than two values, values that are not finite, and samples
// without variation.
#pragma once

#include <span>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

struct TTest {
  double statistic = 0;
  double df = 0;
  double p = 1;
  double estimate = 0;  // the mean, or the first mean less the second
  double standard_error = 0;
  Bounds interval;  // of the estimate
};

// Whether the mean is `expected` (Student 1908, Biometrika 6, 1-25).
Result<TTest> one_sample_t_test(std::span<const double> values, double expected, double level);

// Whether two answers of the same people have one mean: the test above of x − y against 0.
Result<TTest> paired_t_test(std::span<const double> x, std::span<const double> y, double level);

// Two independent samples, with one variance (pooled) or with their own and the degrees of freedom
// of Welch (1947, Biometrika 34, 28-35) and Satterthwaite (1946, Biometrics 2, 110-114).
enum class Variances { equal, own };
Result<TTest> two_sample_t_test(std::span<const double> x, std::span<const double> y,
                                Variances variances, double level);

}  // namespace topline::statistics
