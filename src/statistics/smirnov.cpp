#include "statistics/smirnov.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "statistics/checks.hpp"

namespace topline::statistics {

namespace {

// After how many values, smallest first, a value of the pooled sample is complete: only there do
// the distribution functions stand.
std::vector<bool> complete_after(std::vector<double> pooled) {
  std::sort(pooled.begin(), pooled.end());
  std::vector<bool> complete(pooled.size() + 1, true);
  for (size_t i = 1; i < pooled.size(); ++i)
    complete[i] = pooled[i - 1] != pooled[i];
  return complete;
}

// P(some |i·n − j·m| >= difference) where paths from (0, 0) to (m, n) are all as likely, and only
// steps that complete a value count. Whole numbers throughout, so that equal differences are equal.
double exact_tail(int64_t difference, int64_t m, int64_t n, const std::vector<bool>& complete) {
  // reached[j]: the share of the paths to (i, j) that got that far apart.
  std::vector<double> reached(static_cast<size_t>(n) + 1);
  for (int64_t i = 0; i <= m; ++i) {
    for (int64_t j = 0; j <= n; ++j) {
      double& here = reached[static_cast<size_t>(j)];
      const auto steps = static_cast<double>(i + j);
      if (complete[static_cast<size_t>(i + j)] && std::abs(i * n - j * m) >= difference)
        here = 1;
      else if (i + j == 0)
        here = 0;
      else  // the last step was one of x, or one of y
        here = (i > 0 ? here * static_cast<double>(i) / steps : 0) +
               (j > 0 ? reached[static_cast<size_t>(j) - 1] * static_cast<double>(j) / steps : 0);
    }
  }
  return reached.back();
}

// Kolmogorov's limiting distribution, by the one or the other of two series that both converge.
double limit_tail(double t) {
  if (t <= 0)
    return 1;
  double sum = 0;
  if (t < 1) {
    for (int k = 1; k <= 9; k += 2)
      sum += std::exp(-k * k * std::numbers::pi * std::numbers::pi / (8 * t * t));
    return 1 - std::sqrt(2 * std::numbers::pi) / t * sum;
  }
  for (int k = 1; k <= 8; ++k)
    sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2 * k * k * t * t);
  return sum;
}

}  // namespace

Result<SmirnovTest> smirnov_test(std::span<const double> x, std::span<const double> y) {
  if (const auto fault = sample_fault(x, 1, "a Smirnov test"))
    return *fault;
  if (const auto fault = sample_fault(y, 1, "a Smirnov test"))
    return *fault;
  std::vector<double> first(x.begin(), x.end());
  std::vector<double> second(y.begin(), y.end());
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  const auto m = static_cast<int64_t>(first.size());
  const auto n = static_cast<int64_t>(second.size());
  int64_t difference = 0;  // times m·n
  for (int64_t i = 0, j = 0; i < m && j < n;) {
    const double value = std::min(first[static_cast<size_t>(i)], second[static_cast<size_t>(j)]);
    while (i < m && first[static_cast<size_t>(i)] == value)
      ++i;
    while (j < n && second[static_cast<size_t>(j)] == value)
      ++j;
    difference = std::max(difference, std::abs(i * n - j * m));
  }
  SmirnovTest test;
  test.statistic =
      static_cast<double>(difference) / static_cast<double>(m) / static_cast<double>(n);
  test.exact = m * n < 10'000;
  if (test.exact) {
    first.insert(first.end(), second.begin(), second.end());
    test.p = exact_tail(difference, m, n, complete_after(std::move(first)));
  } else {
    const double size =
        static_cast<double>(m) / static_cast<double>(m + n) * static_cast<double>(n);
    test.p = std::clamp(limit_tail(std::sqrt(size) * test.statistic), 0.0, 1.0);
  }
  return test;
}

}  // namespace topline::statistics
