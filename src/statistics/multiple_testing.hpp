// Probabilities of several tests, adjusted so that they may be held against one level.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"

namespace topline::statistics {

// With m probabilities p_(1) <= … <= p_(m); each adjusted value at most 1 and in the order of the
// probabilities:
enum class Adjustment {
  none,
  // The probability of any false finding stays below the level:
  bonferroni,  // m·p
  holm,        // (m − i + 1)·p_(i), step down (Holm 1979, Scand. J. Statist. 6, 65-70)
  hochberg,    // the same, step up; for independent tests (Hochberg 1988, Biometrika 75, 800-802)
  // The expected share of false findings among the findings stays below the level:
  benjamini_hochberg,  // m/i·p_(i), step up (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57,
                       // 289-300)
  benjamini_yekutieli,  // the same times 1 + 1/2 + … + 1/m, for tests that depend on one another in
                        // any way (Benjamini and Yekutieli 2001, Ann. Statist. 29, 1165-1188)
};

// The adjusted probabilities in the order of the given ones. `tests` is m where some of the tests
// are not among them, and at least their number; 0 takes that. Refused: a probability not between 0
// and 1.
Result<std::vector<double>> adjusted_probabilities(std::span<const double> probabilities,
                                                   Adjustment adjustment, size_t tests = 0);

}  // namespace topline::statistics
