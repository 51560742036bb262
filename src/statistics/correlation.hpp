// Correlations of two columns of a simple sample, row by row. Refused: too few rows, values that
// are not finite, and a column whose values are all the same. Every p is that of both sides.
#pragma once

#include <optional>
#include <span>

#include "base/result.hpp"
#include "statistics/bounds.hpp"

namespace topline::statistics {

struct PearsonCorrelation {
  double r = 0;
  double statistic = 0;  // t; infinite for a perfect correlation
  double df = 0;
  double p = 1;
  std::optional<Bounds> interval;  // from four rows on
};

// The product-moment correlation, with Student's t for it and the interval tanh(artanh r ∓ z/sqrt(n
// − 3)) at `level` (Fisher 1921, Metron 1, 3-32). At least three rows.
Result<PearsonCorrelation> pearson_correlation(std::span<const double> x, std::span<const double> y,
                                               double level);

struct SpearmanCorrelation {
  double rho = 0;
  double statistic = 0;  // S = (n³ − n)(1 − ρ)/6: without ties, the sum of squared rank differences
  double p = 1;          // by Student's t of ρ with n − 2 degrees of freedom
};

// The same of ranks, ties sharing theirs (Spearman 1904, Am. J. Psychol. 15, 72-101; Kendall and
// Gibbons 1990, Rank Correlation Methods, section 4.16 for p). At least three rows.
Result<SpearmanCorrelation> spearman_correlation(std::span<const double> x,
                                                 std::span<const double> y);

struct KendallCorrelation {
  double tau = 0;        // τ_b
  double statistic = 0;  // z, without correction for continuity
  double p = 1;
};

// (concordant − discordant pairs)/sqrt(pairs not tied in x · pairs not tied in y), with the
// variance of the numerator under independence (Kendall 1945, Biometrika 33, 239-251; Kendall and
// Gibbons 1990, equations 3.3 and 4.4). Pairs are counted by sorting (Knight 1966, J. Am. Stat.
// Assoc. 61, 436-439). At least three rows.
Result<KendallCorrelation> kendall_correlation(std::span<const double> x,
                                               std::span<const double> y);

}  // namespace topline::statistics
