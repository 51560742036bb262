// Quantiles of a sample's inputs with their confidence intervals, and the distribution function.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "estimation/estimates.hpp"
#include "estimation/means.hpp"
#include "statistics/quantile_rules.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

enum class QuantileInterval {
  // Woodruff (1952, J. Am. Stat. Assoc. 47, 635-646): the interval of the share of rows at or below
  // the quantile, by the method of that name in design_share_interval.hpp, carried back to values
  // by the quantile's rule.
  mean,
  beta,
  xlogit,
  asin,
  // All values that a score test does not reject (Francisco and Fuller 1991, Ann. Statist. 19,
  // 454-469): from the smallest value x with (p − F(x))/s(F(x)) ≤ q to the smallest with < −q, F
  // the share of rows up to x and s its standard error at x.
  score,
  // q̂ ∓ q·s, s from the quantiles of the replicates. For jackknives it does not get better as the
  // sample grows (Shao and Wu 1989, Ann. Statist. 17, 1176-1197): see `caution`.
  replicates,
};

struct QuantileOptions {
  QuantileRule rule = QuantileRule::math;
  QuantileInterval interval = QuantileInterval::mean;
  double level = 0.95;
  Reference reference = Reference::student;
};

struct QuantileEstimate {
  double probability = 0;
  double value = 0;
  // Nothing where a bound lies outside of what the sample shows: the share's bound is below 0 or
  // above 1, or the whole sample lies at or below the quantile.
  std::optional<double> low;
  std::optional<double> high;
  // (high − low)/(2q), the replicates' own for `replicates`; nothing where a bound is missing.
  std::optional<double> standard_error;
  std::string method;   // "quantile rule math, Woodruff interval, Taylor linearization"
  std::string caution;  // what to know before using the interval; empty: nothing
};

// Quantiles of `input` over the domain for `probabilities`, 0 < p < 1.
// Refused: probabilities and levels outside 0 and 1, an empty domain, values whose weights add up
// to less than 0, no degrees of freedom with Student's t, `replicates` for a design without
// replicate weights, a replicate without weight in the domain, and what the variance of the shares
// is refused for (a stratum with a single unit).
// The rows are sorted once; `score` takes about 2·log2 of the number of values passes over them.
Result<std::vector<QuantileEstimate>> quantiles(const SampleRows& rows, size_t input,
                                                std::span<const double> probabilities,
                                                const QuantileOptions& options = {});

// The quantiles alone, for which no variance is needed. Refused as above.
Result<std::vector<double>> plain_quantiles(const SampleRows& rows, size_t input,
                                            std::span<const double> probabilities,
                                            QuantileRule rule);

// The distribution function of `input` over the domain: shares of rows, by weight, at or below
// each threshold, with their covariance. Refused for an empty domain and a replicate without
// weight in it.
Result<Estimates> shares_up_to(const SampleRows& rows, size_t input,
                               std::span<const double> thresholds);

}  // namespace topline
