// The interval of a share, where the sample allows one.
#pragma once

#include <cstdint>
#include <optional>

#include "instrument/study.hpp"

namespace topline {

struct Interval {
  double low = 0;   // percent
  double high = 0;  // percent
};

// Wilson's interval of `hits` in `base` at the study's confidence level if its sample is a
// probability sample or has a declared model; nothing for other opt-in samples, and for an empty
// base.
std::optional<Interval> share_interval(int64_t hits, int64_t base, const Study& study);

// Half the width, in points, of the largest interval (of a share of 50 %) on `base` cases by the
// normal approximation z·sqrt(0.25 / n): what reports quote as "the" margin of error. Nothing
// where share_interval gives none.
std::optional<double> margin_of_error(int64_t base, const Study& study);

}  // namespace topline
