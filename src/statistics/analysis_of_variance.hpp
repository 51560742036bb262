// Comparisons of several independent groups of plain numbers. Refused: fewer than two groups, too
// few values in one, values that are not finite, and no variation within the groups.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

struct AnalysisOfVariance {
  double between = 0;  // sums of squares
  double within = 0;
  double df_between = 0;
  double df_within = 0;
  double statistic = 0;  // F
  double p = 1;
};

// Whether the groups have one mean, supposing one variance (Fisher 1925, Statistical Methods for
// Research Workers, section 41). At least one value in each group, and one group with two.
Result<AnalysisOfVariance> analysis_of_variance(std::span<const std::vector<double>> groups);

struct WelchTest {
  double statistic = 0;
  double df_between = 0;
  double df_within = 0;
  double p = 1;
};

// The same where every group has its own variance (Welch 1951, Biometrika 38, 330-336). At least
// two values in each group, that vary.
Result<WelchTest> welch_test(std::span<const std::vector<double>> groups);

struct BartlettTest {
  double statistic = 0;  // chi-squared
  double df = 0;
  double p = 1;
};

// Whether the groups have one variance, supposing normal values (Bartlett 1937, Proc. R. Soc. A
// 160, 268-282). At least two values in each group, that vary.
Result<BartlettTest> bartlett_test(std::span<const std::vector<double>> groups);

struct PairOfGroups {
  size_t first = 0;
  size_t second = 0;
  double difference = 0;  // the second mean less the first
  Bounds interval;
  double p = 1;
};

// All pairs of groups, at a level (0.95) that holds for all of them together: Tukey's honest
// significant differences with the standard errors of Kramer (1956, Biometrics 12, 307-310) for
// groups of different size. Pairs in the order (0, 1), (0, 2) … (1, 2) …
Result<std::vector<PairOfGroups>> tukey_differences(std::span<const std::vector<double>> groups,
                                                    double level);

}  // namespace topline::statistics
