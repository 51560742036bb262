#include "estimation/share_interval.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace topline {

namespace {

double critical_value(double confidence) {
  return boost::math::quantile(boost::math::normal_distribution<double>(), 0.5 + confidence / 200);
}

}  // namespace

Interval wilson_interval(int64_t hits, int64_t base, double confidence) {
  const double z = critical_value(confidence);
  const auto n = static_cast<double>(base);
  const double p = static_cast<double>(hits) / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  // At 0 and at n the formula's end is exact but for rounding.
  Interval interval;
  interval.low = hits == 0 ? 0 : 100 * (centre - half);
  interval.high = hits == base ? 100 : 100 * (centre + half);
  interval.method = "Wilson";
  return interval;
}

std::optional<Interval> share_interval(int64_t hits, int64_t base, const Study& study) {
  if (base <= 0 || !study.sample.gives_intervals())
    return std::nullopt;
  return wilson_interval(hits, base, study.confidence);
}

std::optional<double> margin_of_error(int64_t base, const Study& study) {
  if (base <= 0 || !study.sample.gives_intervals())
    return std::nullopt;
  return 100 * critical_value(study.confidence) * std::sqrt(0.25 / static_cast<double>(base));
}

}  // namespace topline
