// A test that estimated shares are those of a given distribution, under a sample design.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "tabulation/tally.hpp"

namespace topline {

// X² = Σ (T − p·N̂)²/(p·N̂), T the estimated totals of the classes and N̂ their sum. It grows with
// the population, not with the sample; `scale` brings it back.
struct GoodnessOfFit {
  double statistic = 0;
  // X² is distributed as Σ λ·χ²₁, here as scale·χ² with `degrees_of_freedom` of the same mean and
  // variance (Rao and Scott 1981, J. Am. Stat. Assoc. 76, 221-230, section 3; Satterthwaite 1946,
  // Biometrics Bulletin 2, 110-114). λ are the eigenvalues of the covariance of the (T −
  // p·N̂)/√(p·N̂).
  double scale = 0;
  double degrees_of_freedom = 0;
  double p = 1;
  std::string method;
  std::vector<double> design_effects;  // the λ, descending
};

// Tests the totals of a tally's columns against `shares`, one for each column, in any unit.
// R's svygofchisq. Refused: shares that are not positive or of another number, fewer than two
// classes, an empty base, a sample in which the shares do not vary, and strata with a single unit
// where the design fails on them.
Result<GoodnessOfFit> goodness_of_fit(const Tally& classes, std::span<const double> shares);

}  // namespace topline
