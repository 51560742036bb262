// Tests of simple samples by the ranks of their values, with ties, by their limiting distributions:
// fair from some ten values a sample on. Every p is that of both sides.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "statistics/proportion_tests.hpp"

namespace topline::statistics {

struct RankTest {
  double statistic = 0;
  double z = 0;  // standardized, with the correction if any
  double p = 1;
};

// Whether one of two independent samples tends to larger values (Wilcoxon 1945, Biometrics Bull. 1,
// 80-83; Mann and Whitney 1947, Ann. Math. Statist. 18, 50-60; ties: Lehmann 1975, Nonparametrics,
// equation 1.35). statistic: U, the number of pairs in which x is larger, ties counting a half. The
// correction moves it towards its mean by a half. Refused where all values are the same.
Result<RankTest> rank_sum_test(std::span<const double> x, std::span<const double> y,
                               Continuity continuity);

// Whether differences of pairs, x − y, lie symmetrically about 0 (Wilcoxon as above; Lehmann 1975,
// equation 3.12). statistic: the sum of the ranks of positive differences; pairs without a
// difference are left out. Refused where there are no others.
Result<RankTest> signed_rank_test(std::span<const double> x, std::span<const double> y,
                                  Continuity continuity);

struct KruskalTest {
  double statistic = 0;  // H, corrected for ties
  double df = 0;
  double p = 1;
};

// Whether several independent samples have one distribution (Kruskal and Wallis 1952, J. Am. Stat.
// Assoc. 47, 583-621, equations 1.1 and 1.3). Refused where all values are the same.
Result<KruskalTest> kruskal_test(std::span<const std::vector<double>> groups);

}  // namespace topline::statistics
