#include "statistics/table_tests.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/root.hpp"

namespace topline::statistics {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The hypergeometric distribution of the first cell of a 2 × 2 table, and what an odds ratio other
// than 1 makes of it: probabilities are multiplied by its powers.
class FirstCell {
 public:
  FirstCell(double a, double b, double c, double d)
      : lowest_(std::max(0.0, a - d)), highest_(std::min(a + c, a + b)) {
    // By the ratios of neighbours, up to a factor that they have in common.
    log_central_.push_back(0);
    for (double hits = lowest_; hits < highest_; ++hits)
      log_central_.push_back(log_central_.back() + std::log((a + c - hits) * (a + b - hits) /
                                                            ((hits + 1) * (d - a + hits + 1))));
  }

  [[nodiscard]] double lowest() const { return lowest_; }
  [[nodiscard]] double highest() const { return highest_; }

  // Probabilities under an odds ratio, from the lowest cell up.
  [[nodiscard]] std::vector<double> probabilities(double log_odds) const {
    std::vector<double> result(log_central_.size());
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = log_central_[i] + log_odds * static_cast<double>(i);
    const double largest = *std::max_element(result.begin(), result.end());
    double sum = 0;
    for (double& value : result) {
      value = std::exp(value - largest);
      sum += value;
    }
    for (double& value : result)
      value /= sum;
    return result;
  }

  [[nodiscard]] double mean(double log_odds) const {
    const std::vector<double> probability = probabilities(log_odds);
    double sum = 0;
    for (size_t i = 0; i < probability.size(); ++i)
      sum += static_cast<double>(i) * probability[i];
    return lowest_ + sum;
  }

  [[nodiscard]] double at_most(double cell, double log_odds) const {
    return tail(cell, log_odds, true);
  }
  [[nodiscard]] double at_least(double cell, double log_odds) const {
    return tail(cell, log_odds, false);
  }

 private:
  [[nodiscard]] double tail(double cell, double log_odds, bool lower) const {
    const std::vector<double> probability = probabilities(log_odds);
    double sum = 0;
    for (size_t i = 0; i < probability.size(); ++i) {
      const double here = lowest_ + static_cast<double>(i);
      if (lower ? here <= cell : here >= cell)
        sum += probability[i];
    }
    return sum;
  }

  double lowest_;
  double highest_;
  std::vector<double> log_central_;
};

}  // namespace

Result<ChiSquaredTest> independence_test(std::span<const double> counts, size_t columns,
                                         Continuity continuity) {
  if (const auto fault = table_fault(counts, columns, "a test of independence"))
    return *fault;
  const size_t rows = counts.size() / columns;
  std::vector<double> row_sums(rows);
  std::vector<double> column_sums(columns);
  double all = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    row_sums[i / columns] += counts[i];
    column_sums[i % columns] += counts[i];
    all += counts[i];
  }
  auto empty = [](double sum) { return sum == 0; };
  if (std::any_of(row_sums.begin(), row_sums.end(), empty) ||
      std::any_of(column_sums.begin(), column_sums.end(), empty))
    return fault_in("", "a test of independence needs cases in every row and column",
                    "leave out the empty ones");
  auto expected = [&](size_t cell) {
    return row_sums[cell / columns] * column_sums[cell % columns] / all;
  };
  double correction = continuity == Continuity::corrected && rows == 2 && columns == 2 ? 0.5 : 0;
  ChiSquaredTest test;
  test.smallest_expected = infinity;
  for (size_t cell = 0; cell < counts.size(); ++cell) {
    correction = std::min(correction, std::abs(counts[cell] - expected(cell)));
    test.smallest_expected = std::min(test.smallest_expected, expected(cell));
  }
  for (size_t cell = 0; cell < counts.size(); ++cell) {
    const double off = std::abs(counts[cell] - expected(cell)) - correction;
    test.statistic += off * off / expected(cell);
  }
  test.df = static_cast<double>((rows - 1) * (columns - 1));
  test.p = chi_squared_upper(test.statistic, test.df);
  return test;
}

Result<ChiSquaredTest> goodness_of_fit_test(std::span<const double> counts,
                                            std::span<const double> expected) {
  if (counts.size() != expected.size() || counts.size() < 2)
    return fault_in("", "a test of fit needs at least two counts, and an expected share for each");
  double all = 0;
  double shares = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (!(counts[i] >= 0) || !std::isfinite(counts[i]) || !(expected[i] > 0))
      return fault_in("", "a test of fit needs counts of 0 or more and expected shares above 0");
    all += counts[i];
    shares += expected[i];
  }
  if (!(std::abs(shares - 1) <= 1e-9))
    return fault_in("", "the expected shares of a test of fit must add up to 1");
  if (all == 0)
    return fault_in("", "a test of fit needs cases");
  ChiSquaredTest test;
  test.smallest_expected = infinity;
  for (size_t i = 0; i < counts.size(); ++i) {
    const double cases = all * expected[i];
    test.smallest_expected = std::min(test.smallest_expected, cases);
    test.statistic += (counts[i] - cases) * (counts[i] - cases) / cases;
  }
  test.df = static_cast<double>(counts.size() - 1);
  test.p = chi_squared_upper(test.statistic, test.df);
  return test;
}

Result<SymmetryTest> symmetry_test(std::span<const double> counts, size_t columns,
                                   Continuity continuity) {
  if (const auto fault = table_fault(counts, columns, "a test of symmetry"))
    return *fault;
  if (counts.size() != columns * columns)
    return fault_in("", "a test of symmetry needs as many rows as columns");
  const double correction = continuity == Continuity::corrected && columns == 2 ? 1 : 0;
  SymmetryTest test;
  double changed = 0;
  for (size_t row = 0; row < columns; ++row) {
    for (size_t column = row + 1; column < columns; ++column) {
      const double there = counts[row * columns + column];
      const double back = counts[column * columns + row];
      changed += there + back;
      const double off = std::abs(there - back);
      const double reduced = std::max(0.0, off - correction);
      if (there + back > 0)
        test.statistic += reduced * reduced / (there + back);
    }
  }
  if (changed == 0)
    return fault_in("", "a test of symmetry needs people whose two answers differ");
  const auto k = static_cast<double>(columns);
  test.df = k * (k - 1) / 2;
  test.p = chi_squared_upper(test.statistic, test.df);
  return test;
}

Result<FisherTest> fisher_test(double a, double b, double c, double d, double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  const double counts[] = {a, b, c, d};
  if (const auto fault = table_fault(counts, 2, "Fisher's exact test"))
    return *fault;
  if (!std::all_of(std::begin(counts), std::end(counts),
                   [](double count) { return count == std::floor(count) && count < 1e7; }))
    return fault_in("", "Fisher's exact test needs whole counts below ten million");
  if (a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0)
    return fault_in("", "Fisher's exact test needs cases in every row and column");
  const FirstCell cell(a, b, c, d);
  FisherTest test;
  const std::vector<double> central = cell.probabilities(0);
  const double limit = central[static_cast<size_t>(a - cell.lowest())] * (1 + 1e-7);
  test.p = 0;
  for (double probability : central) {
    if (probability <= limit)
      test.p += probability;
  }
  test.p = std::min(1.0, test.p);
  const double tail = (1 - level) / 2;
  test.odds_ratio = a == cell.lowest() ? 0 : infinity;
  if (a > cell.lowest() && a < cell.highest())
    test.odds_ratio = std::exp(increasing_root(
        [&](double log_odds) { return cell.mean(log_odds) - a; }, -infinity, infinity, 1));
  if (a > cell.lowest())
    test.interval.low =
        std::exp(increasing_root([&](double log_odds) { return cell.at_least(a, log_odds) - tail; },
                                 -infinity, infinity, 1));
  test.interval.high = infinity;
  if (a < cell.highest())
    test.interval.high = std::exp(increasing_root(
        [&](double log_odds) { return tail - cell.at_most(a, log_odds); }, -infinity, infinity, 1));
  return test;
}

}  // namespace topline::statistics
