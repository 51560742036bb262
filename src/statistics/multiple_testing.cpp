#include "statistics/multiple_testing.hpp"

#include <algorithm>
#include <numeric>

namespace topline::statistics {

namespace {

// 1 + 1/2 + … + 1/m, the small ones first.
double harmonic(double m) {
  double sum = 0;
  for (double i = m; i >= 1; --i)
    sum += 1 / i;
  return sum;
}

// What the probability with this rank (from 1) among m is multiplied by, but for a common factor.
double factor(Adjustment adjustment, double rank, double m) {
  switch (adjustment) {
    case Adjustment::none:
      return 1;
    case Adjustment::bonferroni:
      return m;
    case Adjustment::holm:
    case Adjustment::hochberg:
      return m - rank + 1;
    case Adjustment::benjamini_hochberg:
    case Adjustment::benjamini_yekutieli:
      return m / rank;
  }
  return 1;
}

bool steps_up(Adjustment adjustment) {
  return adjustment == Adjustment::hochberg || adjustment == Adjustment::benjamini_hochberg ||
         adjustment == Adjustment::benjamini_yekutieli;
}

}  // namespace

Result<std::vector<double>> adjusted_probabilities(std::span<const double> probabilities,
                                                   Adjustment adjustment, size_t tests) {
  const size_t given = probabilities.size();
  if (tests != 0 && tests < given)
    return fault_in("", "there are more probabilities to adjust than tests");
  if (!std::all_of(probabilities.begin(), probabilities.end(),
                   [](double p) { return p >= 0 && p <= 1; }))
    return fault_in("", "probabilities to adjust lie between 0 and 1",
                    "leave out tests without a result");
  const auto m = static_cast<double>(tests == 0 ? given : tests);
  std::vector<size_t> order(given);
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return probabilities[a] < probabilities[b]; });
  const double common = adjustment == Adjustment::benjamini_yekutieli ? harmonic(m) : 1;
  std::vector<double> sorted(given);
  for (size_t i = 0; i < given; ++i) {
    const double times = common * factor(adjustment, static_cast<double>(i) + 1, m);
    sorted[i] = std::min(1.0, times * probabilities[order[i]]);
  }
  // No value may be on the wrong side of its neighbour: the larger one holds on the way down, the
  // smaller one on the way up.
  for (size_t i = 1; i < given; ++i) {
    if (steps_up(adjustment))
      sorted[given - 1 - i] = std::min(sorted[given - 1 - i], sorted[given - i]);
    else
      sorted[i] = std::max(sorted[i], sorted[i - 1]);
  }
  std::vector<double> result(given);
  for (size_t i = 0; i < given; ++i)
    result[order[i]] = sorted[i];
  return result;
}

}  // namespace topline::statistics
