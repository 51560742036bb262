// Confidence intervals of a share that was estimated under a sample design. The classical interval
// of a simple random sample stands in share_interval.hpp.
#pragma once

#include <string>

#include "base/result.hpp"
#include "design/design_frame.hpp"
#include "estimation/estimates.hpp"
#include "estimation/means.hpp"
#include "tabulation/sample_rows.hpp"

namespace topline {

// p is the share, v its variance under the design, q the quantile of Student's t (or the normal
// distribution) for the level, m = p(1 − p)/v the effective sample size: how many draws of a
// simple random sample would have left the same variance.
enum class ShareInterval {
  // expit(logit(p) ∓ q·s), s the standard error of logit(p): by linearization sqrt(v)/(p(1 − p)),
  // else computed from the log-odds of the replicates.
  logit,
  // Shares π with 2(p·log(p/π) + (1 − p)·log((1 − p)/(1 − π))) ≤ q²·s²·p(1 − p)·d, s as above: the
  // likelihood ratio of a binomial sample, scaled by the design (Rao and Scott 1984, Ann. Statist.
  // 12, 46-60). d is the variance of the Pearson residuals as it is estimated: n/(n − 1), and 1
  // with replicate weights.
  likelihood,
  // sin²(arcsin(sqrt(p)) ∓ q·sqrt(v)/(2·sqrt(p(1 − p)))), the angle kept within 0 and π/2.
  asin,
  // The exact interval of Clopper and Pearson (1934, Biometrika 26, 404-413) with m cases, m times
  // the square of the ratio of t with n − 1 to t with the design's degrees of freedom (Korn and
  // Graubard 1998, Survey Methodology 24, 193-201).
  beta,
  // p ∓ q·sqrt(v); not confined to shares between 0 and 1.
  mean,
  // expit(logit(p) ∓ q·sqrt(v)/(p(1 − p))), for replicate weights as well.
  xlogit,
  // The score interval of Wilson (1927, J. Am. Stat. Assoc. 22, 209-212, equation for p with λ = q)
  // with m cases (Dean and Pagano 2015, J. Surv. Stat. Methodol. 3, 484-503).
  wilson,
};

// "Korn-Graubard", "logit" …: the method in words, as it may stand under a table.
std::string method_name(ShareInterval method);

struct ShareBounds {
  double low = 0;  // shares, 0 to 1 (`mean` may leave that range)
  double high = 0;
};

// The interval of shares.at(index), a mean of zeros and ones made with `frame`, at `level` such as
// 0.95.
// - A share of 0 or 1 shows no variance: `beta` and `wilson` then take Kish's effective base for m,
//   which knows the weights but not the clusters; the others are refused.
// - A share without variance between 0 and 1 (everybody was asked) has an interval of no width.
// Refused: levels outside 0 and 1, a share outside 0 and 1, no degrees of freedom with Student's
// t, and `logit` and `likelihood` where a replicate's share is 0 or 1.
// The likelihood's bounds are found on the log-odds to 2^-50 relative; R's are read off a spline
// through some ten points of the profile and differ in the sixth digit.
Result<ShareBounds> design_share_interval(const Estimates& shares, Eigen::Index index,
                                          const DesignFrame& frame, ShareInterval method,
                                          double level, Reference reference = Reference::student);

// A share with its interval.
struct DesignShare {
  Estimate share;
  ShareBounds interval;
};

// The share of rows, by weight, whose `input` (0 or 1) is 1. Refused where the mean or the interval
// is.
Result<DesignShare> design_share(const SampleRows& rows, size_t input, ShareInterval method,
                                 double level, Reference reference = Reference::student);

}  // namespace topline
