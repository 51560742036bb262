#include "statistics/proportion_intervals.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"

namespace topline::statistics {

namespace {

std::optional<Diagnostic> interval_fault(int64_t hits, int64_t n, double level) {
  if (auto fault = share_fault(hits, n))
    return fault;
  return level_fault(level);
}

// z of the level: of two sides, each with half of what is left.
double normal_width(double level) {
  return normal_quantile(0.5 + level / 2);
}

}  // namespace

Result<Bounds> wilson_bounds(int64_t hits, int64_t n, double level, double correction) {
  if (const auto fault = interval_fault(hits, n, level))
    return *fault;
  if (!(correction >= 0 && correction <= 0.5))
    return fault_in("", "a correction for continuity lies between 0 and 0.5");
  const auto cases = static_cast<double>(n);
  const double z = normal_width(level);
  const double half = z * z / (2 * cases);
  // The end on one side (−1 or 1), of a share that was moved to that side.
  auto end = [&](double side) {
    const double p = (static_cast<double>(hits) + side * correction) / cases;
    if (side < 0 ? p <= 0 : p >= 1)
      return side < 0 ? 0.0 : 1.0;
    const double root = z * std::sqrt(p * (1 - p) / cases + half / (2 * cases));
    return std::clamp((p + half + side * root) / (1 + 2 * half), 0.0, 1.0);
  };
  return Bounds{end(-1), end(1)};
}

Result<Bounds> clopper_pearson_bounds(int64_t hits, int64_t n, double level) {
  if (const auto fault = interval_fault(hits, n, level))
    return *fault;
  const double tail = (1 - level) / 2;
  const auto x = static_cast<double>(hits);
  const auto rest = static_cast<double>(n - hits);
  return Bounds{hits == 0 ? 0 : beta_quantile(tail, x, rest + 1),
                hits == n ? 1 : beta_upper_quantile(tail, x + 1, rest)};
}

Result<Bounds> agresti_coull_bounds(int64_t hits, int64_t n, double level) {
  if (const auto fault = interval_fault(hits, n, level))
    return *fault;
  const double z = normal_width(level);
  const double cases = static_cast<double>(n) + z * z;
  const double p = (static_cast<double>(hits) + z * z / 2) / cases;
  const double width = z * std::sqrt(p * (1 - p) / cases);
  return Bounds{std::max(0.0, p - width), std::min(1.0, p + width)};
}

}  // namespace topline::statistics
