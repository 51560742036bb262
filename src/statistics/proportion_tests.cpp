#include "statistics/proportion_tests.hpp"

#include <algorithm>
#include <cmath>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/proportion_intervals.hpp"

namespace topline::statistics {

namespace {

// Probabilities that ought to be equal may differ by rounding.
constexpr double as_likely = 1 + 1e-7;

// P(X <= k) of the binomial distribution.
double binomial_lower(int64_t k, int64_t n, double share) {
  if (k < 0)
    return 0;
  return k >= n ? 1 : beta_upper(share, static_cast<double>(k + 1), static_cast<double>(n - k));
}

// P(X >= hits) + P(X <= the last outcome on the other side of the mean that is not more likely),
// for hits above the mean.
double both_tails(int64_t hits, int64_t n, double share) {
  const auto cases = static_cast<double>(n);
  auto probability = [&](int64_t k) {
    return binomial_probability(static_cast<double>(k), cases, share);
  };
  const double limit = probability(hits) * as_likely;
  // Below the mean, probabilities rise with k: the first that is above the limit.
  int64_t low = 0;
  auto high = static_cast<int64_t>(std::floor(cases * share)) + 1;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (probability(middle) <= limit)
      low = middle + 1;
    else
      high = middle;
  }
  const double upper = binomial_lower(n - hits, n, 1 - share);
  return std::min(1.0, upper + binomial_lower(low - 1, n, share));
}

struct Pooled {
  double hits = 0;
  double cases = 0;

  [[nodiscard]] double share() const { return hits / cases; }
};

Result<Pooled> pooled(std::span<const int64_t> hits, std::span<const int64_t> n) {
  if (hits.size() != n.size() || hits.size() < 2)
    return fault_in("",
                    "a comparison of shares needs at least two samples, each with its hits and "
                    "its number of cases");
  Pooled all;
  for (size_t i = 0; i < hits.size(); ++i) {
    if (auto fault = share_fault(hits[i], n[i]))
      return *fault;
    all.hits += static_cast<double>(hits[i]);
    all.cases += static_cast<double>(n[i]);
  }
  if (all.hits == 0 || all.hits == all.cases)
    return fault_in("", "a comparison of shares needs answers of both kinds: all are the same");
  return all;
}

// Σ (|observed − expected| − correction)²/expected over hits and the rest.
double pearson(double hits, double n, double share, double correction) {
  const double off = std::abs(hits - n * share) - correction;
  return off * off / (n * share) + off * off / (n * (1 - share));
}

}  // namespace

Result<BinomialTest> binomial_test(int64_t hits, int64_t n, double expected, double level) {
  const Result<Bounds> interval = clopper_pearson_bounds(hits, n, level);
  if (!interval)
    return interval.fault();
  if (!(expected >= 0 && expected <= 1))
    return fault_in("", "an expected share lies between 0 and 1");
  BinomialTest test;
  const auto x = static_cast<double>(hits);
  const auto cases = static_cast<double>(n);
  test.share = x / cases;
  test.interval = *interval;
  if (expected == 0 || expected == 1)
    test.p = x == cases * expected ? 1 : 0;
  else if (x > cases * expected)
    test.p = both_tails(hits, n, expected);
  else if (x < cases * expected)
    test.p = both_tails(n - hits, n, 1 - expected);
  return test;
}

Result<ProportionTest> one_proportion_test(int64_t hits, int64_t n, double expected,
                                           Continuity continuity, double level) {
  if (const auto fault = share_fault(hits, n))
    return *fault;
  if (!(expected > 0 && expected < 1))
    return fault_in("",
                    "the chi-squared test of a share needs an expected share between 0 and 1, "
                    "without both",
                    "the binomial test takes 0 and 1 as well");
  const auto x = static_cast<double>(hits);
  const auto cases = static_cast<double>(n);
  const double correction =
      continuity == Continuity::corrected ? std::min(0.5, std::abs(x - cases * expected)) : 0;
  const Result<Bounds> interval = wilson_bounds(hits, n, level, correction);
  if (!interval)
    return interval.fault();
  ProportionTest test;
  test.statistic = pearson(x, cases, expected, correction);
  test.df = 1;
  test.p = chi_squared_upper(test.statistic, 1);
  test.shares = {x / cases};
  test.interval = *interval;
  return test;
}

Result<ProportionTest> proportions_test(std::span<const int64_t> hits, std::span<const int64_t> n,
                                        Continuity continuity, double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  const Result<Pooled> all = pooled(hits, n);
  if (!all)
    return all.fault();
  ProportionTest test;
  double variance = 0;
  double reciprocals = 0;
  for (size_t i = 0; i < hits.size(); ++i) {
    const auto cases = static_cast<double>(n[i]);
    const double share = static_cast<double>(hits[i]) / cases;
    test.shares.push_back(share);
    variance += share * (1 - share) / cases;
    reciprocals += 1 / cases;
  }
  const bool two = hits.size() == 2;
  const double difference = test.shares[0] - test.shares[1];
  const double correction = two && continuity == Continuity::corrected
                                ? std::min(0.5, std::abs(difference) / reciprocals)
                                : 0;
  for (size_t i = 0; i < hits.size(); ++i)
    test.statistic +=
        pearson(static_cast<double>(hits[i]), static_cast<double>(n[i]), all->share(), correction);
  test.df = static_cast<double>(hits.size() - 1);
  test.p = chi_squared_upper(test.statistic, test.df);
  if (two) {
    const double width =
        normal_quantile(0.5 + level / 2) * std::sqrt(variance) + correction * reciprocals;
    test.interval = Bounds{std::max(-1.0, difference - width), std::min(1.0, difference + width)};
  }
  return test;
}

Result<TrendTest> trend_test(std::span<const int64_t> hits, std::span<const int64_t> n,
                             std::span<const double> scores) {
  const Result<Pooled> all = pooled(hits, n);
  if (!all)
    return all.fault();
  if (scores.size() != hits.size())
    return fault_in("", "a test of trend needs a score for every sample");
  if (const auto fault = sample_fault(scores, 2, "a test of trend"))
    return *fault;
  double mean = 0;
  for (size_t i = 0; i < hits.size(); ++i)
    mean += static_cast<double>(n[i]) / all->cases * scores[i];
  double products = 0;
  double squares = 0;
  for (size_t i = 0; i < hits.size(); ++i) {
    const auto cases = static_cast<double>(n[i]);
    const double off = scores[i] - mean;
    products += off * (static_cast<double>(hits[i]) - cases * all->share());
    squares += cases * off * off;
  }
  if (std::all_of(scores.begin(), scores.end(), [&](double score) { return score == scores[0]; }))
    return fault_in("", "a test of trend needs scores that differ");
  TrendTest test;
  test.slope = products / squares;
  test.statistic = products * products / (squares * all->share() * (1 - all->share()));
  test.p = chi_squared_upper(test.statistic, 1);
  return test;
}

}  // namespace topline::statistics
