// Tests of contingency tables of simple samples. A table is given row by row, `columns` numbers
// each. Every p is that of both sides.
#pragma once

#include <span>

#include "base/result.hpp"
#include "statistics/bounds.hpp"
#include "statistics/proportion_tests.hpp"

namespace topline::statistics {

struct ChiSquaredTest {
  double statistic = 0;
  double df = 0;
  double p = 1;
  double smallest_expected = 0;  // below 5, the distribution is a poor approximation
};

// Whether rows and columns are independent (Pearson 1900, Phil. Mag. 50, 157-175; Fisher 1922, J.
// R. Stat. Soc. 85, 87-94). The correction counts for 2 × 2 tables only. Refused where a row or
// column is empty.
Result<ChiSquaredTest> independence_test(std::span<const double> counts, size_t columns,
                                         Continuity continuity);

// Whether counts agree with expected shares, one each, that add up to 1 (to 1e-9) and are above 0.
Result<ChiSquaredTest> goodness_of_fit_test(std::span<const double> counts,
                                            std::span<const double> expected);

// Whether a square table of two answers of the same people is symmetric: χ² = Σ (n_ij −
// n_ji)²/(n_ij
// + n_ji) over pairs that have any (McNemar 1947, Psychometrika 12, 153-157; Bowker 1948, J. Am.
// Stat. Assoc. 43, 572-574), with k(k − 1)/2 degrees of freedom. The correction, (|b − c| − 1)², is
// for 2 × 2 tables (Edwards 1948, Psychometrika 13, 185-187). Refused where nobody changed.
struct SymmetryTest {
  double statistic = 0;
  double df = 0;
  double p = 1;
};
Result<SymmetryTest> symmetry_test(std::span<const double> counts, size_t columns,
                                   Continuity continuity);

struct FisherTest {
  double p = 1;
  double odds_ratio = 0;  // may be infinite
  Bounds interval;        // of the odds ratio; `high` may be infinite
};

// Fisher's exact test of a 2 × 2 table of whole counts a, b (first row) and c, d, given its
// margins. p: all tables that are not more likely (ties to a relative 1e-7). odds_ratio: that of
// the largest conditional likelihood, which is not ad/bc; its interval inverts both one-sided
// tests, each with half of 1 − level (Cornfield 1956, Proc. 3rd Berkeley Symp. 4, 135-148; Agresti
// 2013, Categorical Data Analysis, sections 3.5.1 and 16.6.4). Refused where the odds ratio is not
// determined: a row or column is empty.
Result<FisherTest> fisher_test(double a, double b, double c, double d, double level);

}  // namespace topline::statistics
