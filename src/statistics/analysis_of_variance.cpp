#include "statistics/analysis_of_variance.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/moments.hpp"
#include "statistics/studentized_range.hpp"

namespace topline::statistics {

namespace {

std::vector<Moments> moments_of_groups(std::span<const std::vector<double>> groups) {
  std::vector<Moments> result;
  for (const std::vector<double>& group : groups)
    result.push_back(moments_of(group));
  return result;
}

// Groups of at least two values that vary.
Result<std::vector<Moments>> varying(std::span<const std::vector<double>> groups,
                                     const std::string& what) {
  if (auto fault = groups_fault(groups, 2, what))
    return *fault;
  std::vector<Moments> moments = moments_of_groups(groups);
  if (std::any_of(moments.begin(), moments.end(),
                  [](const Moments& one) { return one.constant(); }))
    return fault_in("", what + " needs values that vary in each group");
  return moments;
}

}  // namespace

Result<AnalysisOfVariance> analysis_of_variance(std::span<const std::vector<double>> groups) {
  if (const auto fault = groups_fault(groups, 1, "an analysis of variance"))
    return *fault;
  const std::vector<Moments> moments = moments_of_groups(groups);
  double n = 0;
  double mean = 0;
  for (const Moments& one : moments)
    n += one.n;
  for (const Moments& one : moments)
    mean += one.n / n * one.mean;
  AnalysisOfVariance result;
  bool varies = false;
  for (const Moments& one : moments) {
    result.within += one.squares;
    result.between += one.n * (one.mean - mean) * (one.mean - mean);
    varies = varies || !one.constant();
  }
  result.df_between = static_cast<double>(groups.size()) - 1;
  result.df_within = n - static_cast<double>(groups.size());
  if (!varies)
    return fault_in("", "an analysis of variance needs values that vary within groups");
  result.statistic = (result.between / result.df_between) / (result.within / result.df_within);
  result.p = f_upper(result.statistic, result.df_between, result.df_within);
  return result;
}

Result<WelchTest> welch_test(std::span<const std::vector<double>> groups) {
  const Result<std::vector<Moments>> moments = varying(groups, "Welch's test");
  if (!moments)
    return moments.fault();
  double weights = 0;
  for (const Moments& one : *moments)
    weights += one.n / one.variance();
  double mean = 0;
  for (const Moments& one : *moments)
    mean += one.n / one.variance() / weights * one.mean;
  double between = 0;
  double unequal = 0;
  for (const Moments& one : *moments) {
    const double weight = one.n / one.variance();
    between += weight * (one.mean - mean) * (one.mean - mean);
    unequal += (1 - weight / weights) * (1 - weight / weights) / (one.n - 1);
  }
  const auto k = static_cast<double>(groups.size());
  unequal /= k * k - 1;
  WelchTest test;
  test.df_between = k - 1;
  test.df_within = 1 / (3 * unequal);
  test.statistic = between / ((k - 1) * (1 + 2 * (k - 2) * unequal));
  test.p = f_upper(test.statistic, test.df_between, test.df_within);
  return test;
}

Result<BartlettTest> bartlett_test(std::span<const std::vector<double>> groups) {
  const Result<std::vector<Moments>> moments = varying(groups, "Bartlett's test");
  if (!moments)
    return moments.fault();
  double df = 0;
  double squares = 0;
  double reciprocals = 0;
  for (const Moments& one : *moments) {
    df += one.n - 1;
    squares += one.squares;
    reciprocals += 1 / (one.n - 1);
  }
  double statistic = 0;
  for (const Moments& one : *moments)
    statistic += (one.n - 1) * std::log(squares / df / one.variance());
  BartlettTest test;
  test.df = static_cast<double>(groups.size()) - 1;
  test.statistic = statistic / (1 + (reciprocals - 1 / df) / (3 * test.df));
  test.p = chi_squared_upper(test.statistic, test.df);
  return test;
}

Result<std::vector<PairOfGroups>> tukey_differences(std::span<const std::vector<double>> groups,
                                                    double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  const Result<AnalysisOfVariance> variance = analysis_of_variance(groups);
  if (!variance)
    return variance.fault();
  const std::vector<Moments> moments = moments_of_groups(groups);
  const auto k = static_cast<double>(groups.size());
  const double critical = studentized_range_upper_quantile(1 - level, k, variance->df_within);
  std::vector<PairOfGroups> pairs;
  for (size_t first = 0; first < groups.size(); ++first) {
    for (size_t second = first + 1; second < groups.size(); ++second) {
      PairOfGroups pair{first, second, moments[second].mean - moments[first].mean, {}, 1};
      const double error = std::sqrt(variance->within / variance->df_within / 2 *
                                     (1 / moments[first].n + 1 / moments[second].n));
      pair.interval = {pair.difference - critical * error, pair.difference + critical * error};
      pair.p = studentized_range_upper(std::abs(pair.difference) / error, k, variance->df_within);
      pairs.push_back(pair);
    }
  }
  return pairs;
}

}  // namespace topline::statistics
