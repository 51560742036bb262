// Estimates with their covariance, and the ways of getting them from tallies.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "tabulation/sample_rows.hpp"
#include "tabulation/tally.hpp"

namespace topline {

// One number with its precision.
struct Estimate {
  double value = 0;
  double standard_error = 0;
  double degrees_of_freedom = 0;
  int64_t n = 0;
  double effective_base = 0;
  std::string method;  // "Taylor linearization", "BRR, 80 replicates"
};

// Several estimates of one sample, with their covariance.
struct Estimates {
  Eigen::VectorXd value;
  Eigen::MatrixXd covariance;
  Eigen::MatrixXd replicates;  // replicates × estimates; empty for linearization
  DomainSize size;
  std::string method;

  [[nodiscard]] Estimate at(Eigen::Index index) const;
};

// "Taylor linearization", or the type and number of the replicates.
std::string variance_method(const DesignFrame& frame);

// The covariance of the linear combinations `weights`·totals of the tally's totals, by
// linearization. `weights` is combinations × columns. Refused where a stratum has a single unit
// and the design's policy is to fail; the message names the strata.
// Each stage adds, by stratum, (1 − f) · n/(n − 1) · Σ (t − t̄)(t − t̄)', the later ones times the
// sampling fractions of those before (Särndal, Swensson, Wretman 1992, result 4.3.1 and
// equation 4.3.21; Cochran 1977, equation 10.15).
Result<Eigen::MatrixXd> linearized_covariance(const Tally& tally, const Eigen::MatrixXd& weights);

// The covariance of replicate estimates (replicates × estimates) around the full-sample `value`
// or their mean (Wolter 2007, Introduction to Variance Estimation, sections 3.3, 4.2 and 5.5).
Eigen::MatrixXd replicate_covariance(const ReplicateScales& scales,
                                     const Eigen::MatrixXd& replicates,
                                     const Eigen::VectorXd& value);

// A smooth function of totals, and its derivative: estimates × totals.
struct TotalsFunction {
  std::function<Eigen::VectorXd(const Eigen::VectorXd& totals)> value;
  std::function<Eigen::MatrixXd(const Eigen::VectorXd& totals)> derivative;
};

// Means from the totals of measures that were centred on `centres`, and, last, of 1: centre + Σ w(x
// − centre)/Σ w.
TotalsFunction mean_around(const std::vector<double>& centres);

// Estimates that are smooth functions of a tally's totals: by Taylor linearization (Woodruff
// 1971, J. Am. Stat. Assoc. 66, 411-414), or computed again in every replicate.
Result<Estimates> estimate(const Tally& tally, const TotalsFunction& function);

// Smooth functions of estimates: by the delta method on their covariance; replicates, where
// there are any, are carried through `function` itself.
Estimates transformed(const Estimates& estimates, const TotalsFunction& function);

// Linear combinations: `coefficients` is combinations × estimates.
Estimates contrasts(const Estimates& estimates, const Eigen::MatrixXd& coefficients);

}  // namespace topline
