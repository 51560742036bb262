#include "statistics/sample_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statistics/checks.hpp"

namespace topline::statistics {

namespace {

// Plotting positions: the value with rank k lies at (k − alpha)/(n + 1 − alpha − beta).
struct Positions {
  double alpha = 0;
  double beta = 0;
};

Positions positions_of(int type) {
  switch (type) {
    case 4:
      return {0, 1};
    case 5:
      return {0.5, 0.5};
    case 6:
      return {0, 0};
    case 7:
      return {1, 1};
    case 8:
      return {1.0 / 3, 1.0 / 3};
    default:
      return {3.0 / 8, 3.0 / 8};
  }
}

// A place between the value with rank `below` and the next: 0 is the one, 1 the other.
struct Place {
  double below = 0;
  double beyond = 0;
};

Place place_of(double p, double n, int type) {
  constexpr double fuzz = 4 * std::numeric_limits<double>::epsilon();
  if (type <= 3) {
    const double exact = type == 3 ? n * p - 0.5 : n * p;
    const double below = std::floor(exact + fuzz * n);
    const bool whole = exact <= below + fuzz * n;
    if (!whole)
      return {below, 1};
    if (type == 3)  // the value with an even rank
      return {below, std::fmod(below, 2) == 0 ? 0.0 : 1.0};
    return {below, type == 1 ? 0 : 0.5};
  }
  const Positions positions = positions_of(type);
  const double exact = positions.alpha + p * (n + 1 - positions.alpha - positions.beta);
  const double below = std::floor(exact + fuzz * n);
  const double beyond = exact - below;
  return {below, std::abs(beyond) < fuzz * n ? 0 : beyond};
}

}  // namespace

Result<std::vector<double>> sample_quantiles(std::span<const double> values,
                                             std::span<const double> probabilities, int type) {
  if (type < 1 || type > 9)
    return fault_in("", "there is no definition " + std::to_string(type) + " of a quantile",
                    "definitions are numbered from 1 to 9");
  if (const auto fault = sample_fault(values, 1, "a quantile"))
    return *fault;
  if (!std::all_of(probabilities.begin(), probabilities.end(),
                   [](double p) { return p >= 0 && p <= 1; }))
    return fault_in("", "the probability of a quantile lies between 0 and 1");
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  auto value_at = [&](double rank) {
    return sorted[static_cast<size_t>(std::clamp(rank, 1.0, n)) - 1];
  };
  std::vector<double> result;
  for (double p : probabilities) {
    const Place place = place_of(p, n, type);
    const double low = value_at(place.below);
    const double high = value_at(place.below + 1);
    result.push_back((1 - place.beyond) * low + place.beyond * high);
  }
  return result;
}

}  // namespace topline::statistics
