#include "statistics/normality.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/moments.hpp"

namespace topline::statistics {

namespace {

// The polynomial with these coefficients, the constant first.
double polynomial(std::initializer_list<double> coefficients, double x) {
  double sum = 0;
  for (const double* at = coefficients.end(); at != coefficients.begin();)
    sum = sum * x + *--at;
  return sum;
}

// The weights of the differences largest − smallest, second largest − second smallest …; twice the
// sum of their squares is 1.
std::vector<double> difference_weights(size_t size) {
  if (size == 3)
    return {std::numbers::sqrt2 / 2};
  const auto n = static_cast<double>(size);
  // Approximate expected normal order statistics (Blom 1958), the largest first.
  std::vector<double> expected(size / 2);
  double squares = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    expected[i] = -normal_quantile((static_cast<double>(i) + 1 - 0.375) / (n + 0.25));
    squares += 2 * expected[i] * expected[i];
  }
  const double u = 1 / std::sqrt(n);
  const double length = std::sqrt(squares);
  std::vector<double> weights = expected;
  // The first, or the first two, have corrections of their own; the others share what is left.
  const size_t corrected = size > 5 ? 2 : 1;
  weights[0] = expected[0] / length +
               polynomial({0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056}, u);
  if (corrected == 2)
    weights[1] = expected[1] / length +
                 polynomial({0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633}, u);
  double left = 1;
  for (size_t i = 0; i < corrected; ++i) {
    squares -= 2 * expected[i] * expected[i];
    left -= 2 * weights[i] * weights[i];
  }
  for (size_t i = corrected; i < weights.size(); ++i)
    weights[i] = expected[i] / std::sqrt(squares / left);
  return weights;
}

// P(W' < W): log(1 − W) is close to normal after a further transformation.
double tail(double rest, size_t size) {
  const auto n = static_cast<double>(size);
  const double w = 1 - rest;
  if (size == 3)  // exact
    return std::max(0.0, 6 / std::numbers::pi * (std::asin(std::sqrt(w)) - std::numbers::pi / 3));
  if (rest <= 0)
    return 1;
  double y = std::log(rest);
  if (size <= 11) {
    const double limit = polynomial({-2.273, 0.459}, n);
    if (y >= limit)
      return 0;
    y = -std::log(limit - y);
    const double mean = polynomial({0.5440, -0.39978, 0.025054, -0.0006714}, n);
    const double deviation = std::exp(polynomial({1.3822, -0.77857, 0.062767, -0.0020322}, n));
    return normal_upper((y - mean) / deviation);
  }
  const double log_n = std::log(n);
  const double mean = polynomial({-1.5861, -0.31082, -0.083751, 0.0038915}, log_n);
  const double deviation = std::exp(polynomial({-0.4803, -0.082676, 0.0030302}, log_n));
  return normal_upper((y - mean) / deviation);
}

}  // namespace

Result<ShapiroWilkTest> shapiro_wilk_test(std::span<const double> values) {
  if (const auto fault = sample_fault(values, 3, "the Shapiro-Wilk test"))
    return *fault;
  if (values.size() > 5000)
    return fault_in("", "the Shapiro-Wilk test takes up to 5000 values",
                    "its approximation was fitted to no more");
  const Moments moments = moments_of(values);
  if (moments.constant())
    return fault_in("", "the Shapiro-Wilk test needs values that differ");
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::vector<double> weights = difference_weights(sorted.size());
  // 1 − W is the share of the squares that the weighted differences leave.
  const double scale = std::sqrt(moments.squares);
  double explained = 0;
  for (size_t i = 0; i < weights.size(); ++i)
    explained += weights[i] * (sorted[sorted.size() - 1 - i] - sorted[i]) / scale;
  const double rest = std::max(0.0, (1 - explained) * (1 + explained));
  return ShapiroWilkTest{1 - rest, tail(rest, sorted.size())};
}

}  // namespace topline::statistics
