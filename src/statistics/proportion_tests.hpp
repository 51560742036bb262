// Tests of shares in simple samples. Every p is that of both sides. `level` is that of the
// interval, 0.95 for 95 %.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

struct BinomialTest {
  double share = 0;
  double p = 1;
  Bounds interval;  // Clopper and Pearson's
};

// Whether `hits` of `n` agree with the share `expected`, exactly: p is the probability of all
// outcomes that are not more likely than the one at hand, ties to a relative 1e-7 (the method of
// "minimum likelihood", Gibbons and Pratt 1975, Am. Statist. 29, 20-25). 0 <= expected <= 1.
Result<BinomialTest> binomial_test(int64_t hits, int64_t n, double expected, double level);

struct ProportionTest {
  double statistic = 0;  // Pearson's chi-squared
  double df = 0;
  double p = 1;
  std::vector<double> shares;
  std::optional<Bounds> interval;  // of the one share, or of the first less the second
};

// `corrected` is Yates's: deviations are reduced by a half, or by as much as they are where that is
// less (Yates 1934, Suppl. J. R. Stat. Soc. 1, 217-235; Fleiss, Levin and Paik 2003, Statistical
// Methods for Rates and Proportions, equations 2.5, 3.3 and 3.11).
enum class Continuity { corrected, uncorrected };

// One share against `expected`, strictly between 0 and 1. The interval is Wilson's, with the same
// correction as the statistic.
Result<ProportionTest> one_proportion_test(int64_t hits, int64_t n, double expected,
                                           Continuity continuity, double level);

// Whether the shares of two or more independent samples are one. The correction, and the interval
// p1 − p2 ∓ z·sqrt(Σ p(1 − p)/n), widened by the correction and kept within −1 and 1, are for two
// samples only. Refused where all shares are 0 or all are 1.
Result<ProportionTest> proportions_test(std::span<const int64_t> hits, std::span<const int64_t> n,
                                        Continuity continuity, double level);

// Whether the shares of samples with ordered `scores` rise or fall along them: the chi-squared with
// one degree of freedom of Cochran (1954, Biometrics 10, 417-451) and Armitage (1955, Biometrics
// 11, 375-386), without correction. Refused where all scores or all answers are the same.
struct TrendTest {
  double statistic = 0;
  double p = 1;
  double slope = 0;  // change of the share by unit of the score
};
Result<TrendTest> trend_test(std::span<const int64_t> hits, std::span<const int64_t> n,
                             std::span<const double> scores);

}  // namespace topline::statistics
