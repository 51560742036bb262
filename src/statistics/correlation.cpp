#include "statistics/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/moments.hpp"
#include "statistics/ranks.hpp"

namespace topline::statistics {

namespace {

std::optional<Diagnostic> correlation_fault(std::span<const double> x, std::span<const double> y) {
  if (auto fault = pairs_fault(x, y, 3, "a correlation"))
    return fault;
  auto constant = [](std::span<const double> values) {
    return std::all_of(values.begin(), values.end(),
                       [&](double value) { return value == values[0]; });
  };
  if (constant(x) || constant(y))
    return fault_in("", "a correlation needs columns that vary", "all values of one are the same");
  return std::nullopt;
}

double product_moment(std::span<const double> x, std::span<const double> y) {
  const double squares = moments_of(x).squares * moments_of(y).squares;
  return std::clamp(product_sum(x, y) / std::sqrt(squares), -1.0, 1.0);
}

double t_of(double r, double df) {
  if (std::abs(r) == 1)
    return std::copysign(std::numeric_limits<double>::infinity(), r);
  return r * std::sqrt(df / ((1 - r) * (1 + r)));
}

// The steps by which neighbours have to change places until `values` are sorted; sorts them.
int64_t exchanges(std::span<double> values, std::vector<double>& space) {
  if (values.size() < 2)
    return 0;
  const size_t half = values.size() / 2;
  int64_t count = exchanges(values.first(half), space) + exchanges(values.subspan(half), space);
  size_t left = 0;
  size_t right = half;
  for (size_t i = 0; i < values.size(); ++i) {
    if (right == values.size() || (left < half && values[left] <= values[right])) {
      space[i] = values[left++];
    } else {
      space[i] = values[right++];
      count += static_cast<int64_t>(half - left);
    }
  }
  std::copy_n(space.begin(), values.size(), values.begin());
  return count;
}

// Of the ties of one column: pairs, and the two sums that the variance takes.
struct TieSums {
  double pairs = 0;   // Σ t(t − 1)/2
  double triple = 0;  // Σ t(t − 1)(t − 2)
  double fifth = 0;   // Σ t(t − 1)(2t + 5)
};

TieSums tie_sums(const std::vector<double>& ties) {
  TieSums sums;
  for (double t : ties) {
    sums.pairs += t * (t - 1) / 2;
    sums.triple += t * (t - 1) * (t - 2);
    sums.fifth += t * (t - 1) * (2 * t + 5);
  }
  return sums;
}

}  // namespace

Result<PearsonCorrelation> pearson_correlation(std::span<const double> x, std::span<const double> y,
                                               double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  if (const auto fault = correlation_fault(x, y))
    return *fault;
  PearsonCorrelation result;
  const auto n = static_cast<double>(x.size());
  result.r = product_moment(x, y);
  result.df = n - 2;
  result.statistic = t_of(result.r, result.df);
  result.p = student_two_sided(result.statistic, result.df);
  if (n > 3) {
    const double width = normal_quantile(0.5 + level / 2) / std::sqrt(n - 3);
    result.interval =
        Bounds{std::tanh(std::atanh(result.r) - width), std::tanh(std::atanh(result.r) + width)};
  }
  return result;
}

Result<SpearmanCorrelation> spearman_correlation(std::span<const double> x,
                                                 std::span<const double> y) {
  if (const auto fault = correlation_fault(x, y))
    return *fault;
  SpearmanCorrelation result;
  const auto n = static_cast<double>(x.size());
  result.rho = product_moment(ranks_of(x).rank, ranks_of(y).rank);
  result.statistic = n * (n - 1) * (n + 1) * (1 - result.rho) / 6;
  result.p = student_two_sided(t_of(result.rho, n - 2), n - 2);
  return result;
}

Result<KendallCorrelation> kendall_correlation(std::span<const double> x,
                                               std::span<const double> y) {
  if (const auto fault = correlation_fault(x, y))
    return *fault;
  std::vector<size_t> order(x.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return x[a] != x[b] ? x[a] < x[b] : y[a] < y[b]; });
  std::vector<double> by_x(x.size());
  double tied_in_both = 0;
  double alike = 1;
  for (size_t i = 0; i < order.size(); ++i) {
    by_x[i] = y[order[i]];
    const bool repeated = i > 0 && x[order[i]] == x[order[i - 1]] && by_x[i] == by_x[i - 1];
    alike = repeated ? alike + 1 : 1;
    tied_in_both += alike - 1;
  }
  std::vector<double> space(x.size());
  const auto discordant = static_cast<double>(exchanges(by_x, space));
  const auto n = static_cast<double>(x.size());
  const double pairs = n * (n - 1) / 2;
  const TieSums in_x = tie_sums(ranks_of(x).ties);
  const TieSums in_y = tie_sums(ranks_of(y).ties);
  const double surplus = pairs - in_x.pairs - in_y.pairs + tied_in_both - 2 * discordant;
  KendallCorrelation result;
  result.tau = surplus / std::sqrt((pairs - in_x.pairs) * (pairs - in_y.pairs));
  const double variance = (n * (n - 1) * (2 * n + 5) - in_x.fifth - in_y.fifth) / 18 +
                          2 * in_x.pairs * in_y.pairs / (n * (n - 1)) +
                          in_x.triple * in_y.triple / (9 * n * (n - 1) * (n - 2));
  result.statistic = surplus / std::sqrt(variance);
  result.p = std::min(1.0, 2 * normal_upper(std::abs(result.statistic)));
  return result;
}

}  // namespace topline::statistics
