#include "estimation/share_interval.hpp"

#include <cmath>

#include "statistics/distributions.hpp"
#include "statistics/proportion_intervals.hpp"

namespace topline {

std::optional<Interval> share_interval(int64_t hits, int64_t base, const Study& study) {
  if (base <= 0 || !study.sample.gives_intervals())
    return std::nullopt;
  const Result<statistics::Bounds> bounds =
      statistics::wilson_bounds(hits, base, study.confidence / 100);
  if (!bounds)
    return std::nullopt;
  return Interval{100 * bounds->low, 100 * bounds->high};
}

std::optional<double> margin_of_error(int64_t base, const Study& study) {
  if (base <= 0 || !study.sample.gives_intervals())
    return std::nullopt;
  return 100 * statistics::normal_quantile(0.5 + study.confidence / 200) *
         std::sqrt(0.25 / static_cast<double>(base));
}

}  // namespace topline
