// The interval of a share, where the sample allows one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "instrument/study.hpp"

namespace topline {

struct Interval {
  double low = 0;   // percent
  double high = 0;  // percent
  std::string method;
};

// The score interval of Wilson (1927, J. Am. Stat. Assoc. 22, 209-212) for `hits` of `base`,
// at `confidence` percent. base > 0, 0 <= hits <= base.
Interval wilson_interval(int64_t hits, int64_t base, double confidence);

// Wilson's interval at the study's confidence level if its sample is a probability sample or
// has a declared model; nothing for other opt-in samples, and for an empty base.
std::optional<Interval> share_interval(int64_t hits, int64_t base, const Study& study);

// Half the width, in points, of the largest interval (of a share of 50 %) on `base` cases by the
// normal approximation z·sqrt(0.25 / n): what reports quote as "the" margin of error. Nothing
// where share_interval gives none.
std::optional<double> margin_of_error(int64_t base, const Study& study);

}  // namespace topline
