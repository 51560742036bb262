#include "statistics/rank_tests.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/ranks.hpp"

namespace topline::statistics {

namespace {

RankTest standardized(double statistic, double mean, double variance, Continuity continuity) {
  double off = statistic - mean;
  if (continuity == Continuity::corrected)
    off = std::copysign(std::max(0.0, std::abs(off) - 0.5), off);
  RankTest test;
  test.statistic = statistic;
  test.z = off / std::sqrt(variance);
  test.p = std::min(1.0, 2 * normal_upper(std::abs(test.z)));
  return test;
}

}  // namespace

Result<RankTest> rank_sum_test(std::span<const double> x, std::span<const double> y,
                               Continuity continuity) {
  if (const auto fault = sample_fault(x, 1, "a rank sum test"))
    return *fault;
  if (const auto fault = sample_fault(y, 1, "a rank sum test"))
    return *fault;
  std::vector<double> all(x.begin(), x.end());
  all.insert(all.end(), y.begin(), y.end());
  const Ranks ranks = ranks_of(all);
  const auto m = static_cast<double>(x.size());
  const auto n = static_cast<double>(y.size());
  double sum = -m * (m + 1) / 2;
  for (size_t i = 0; i < x.size(); ++i)
    sum += ranks.rank[i];
  const double variance = m * n / 12 * (m + n + 1 - ranks.tie_sum() / ((m + n) * (m + n - 1)));
  if (ranks.ties.size() == 1 && ranks.ties[0] == m + n)
    return fault_in("", "a rank sum test needs values that differ");
  return standardized(sum, m * n / 2, variance, continuity);
}

Result<RankTest> signed_rank_test(std::span<const double> x, std::span<const double> y,
                                  Continuity continuity) {
  if (const auto fault = pairs_fault(x, y, 1, "a signed rank test"))
    return *fault;
  std::vector<double> size;
  std::vector<bool> positive;
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] != y[i]) {
      size.push_back(std::abs(x[i] - y[i]));
      positive.push_back(x[i] > y[i]);
    }
  }
  if (size.empty())
    return fault_in("", "a signed rank test needs pairs whose values differ");
  const Ranks ranks = ranks_of(size);
  double sum = 0;
  for (size_t i = 0; i < size.size(); ++i)
    sum += positive[i] ? ranks.rank[i] : 0;
  const auto n = static_cast<double>(size.size());
  const double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.tie_sum() / 48;
  return standardized(sum, n * (n + 1) / 4, variance, continuity);
}

Result<KruskalTest> kruskal_test(std::span<const std::vector<double>> groups) {
  if (const auto fault = groups_fault(groups, 1, "a Kruskal-Wallis test"))
    return *fault;
  std::vector<double> all;
  for (const std::vector<double>& group : groups)
    all.insert(all.end(), group.begin(), group.end());
  const Ranks ranks = ranks_of(all);
  const auto n = static_cast<double>(all.size());
  if (all.size() < 2 || (ranks.ties.size() == 1 && ranks.ties[0] == n))
    return fault_in("", "a Kruskal-Wallis test needs values that differ");
  // Ranks less their mean: the sums stay small.
  double between = 0;
  size_t at = 0;
  for (const std::vector<double>& group : groups) {
    double sum = 0;
    for (size_t i = 0; i < group.size(); ++i)
      sum += ranks.rank[at++] - (n + 1) / 2;
    between += sum * sum / static_cast<double>(group.size());
  }
  KruskalTest test;
  test.statistic = 12 * between / (n * (n + 1)) / (1 - ranks.tie_sum() / (n * (n - 1) * (n + 1)));
  test.df = static_cast<double>(groups.size()) - 1;
  test.p = chi_squared_upper(test.statistic, test.df);
  return test;
}

}  // namespace topline::statistics
