// Weights kept between limits, without changing their sum.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "base/result.hpp"

namespace topline {

// What the limits of trimming are told in.
enum class TrimUnit {
  weight,  // as they are
  median,  // multiples of the median weight above 0
  mean,    // multiples of the mean weight above 0
};

struct TrimOptions {
  double lower = 0;
  double upper = std::numeric_limits<double>::infinity();
  TrimUnit unit = TrimUnit::weight;
  bool strict = false;  // again until no weight lies outside
};

struct TrimReport {
  double lower = 0;  // as weights
  double upper = 0;
  size_t raised = 0;  // rows that were below, at first
  size_t cut = 0;     // rows that were above, at first
  int rounds = 0;
  double share = 0;  // (raised + cut) / rows with a weight
};

struct TrimmedWeights {
  std::vector<double> weights;
  TrimReport report;
};

// Puts weights outside the limits on them and spreads what that takes or adds over the others,
// the same amount on each (Potter 1990, Proc. Surv. Res. Meth. Sect., Am. Stat. Assoc., 225-230;
// R's trimWeights()). That can push others over a limit; `strict` repeats until none is outside
// by more than rounding (a round that moves less than 1e-14 of the sum is the last). Rows of
// weight 0 stay 0 and take nothing on. Faults: what check_weights finds; a lower limit that is
// not below the upper one; no weight between the limits to spread over, or limits that the mean
// weight is not between, so that the sum cannot be kept (strict).
Result<TrimmedWeights> trim(const std::vector<double>& weights, const TrimOptions& options);

}  // namespace topline
