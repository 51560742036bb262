#include "statistics/mean_tests.hpp"

#include <cmath>
#include <vector>

#include "statistics/checks.hpp"
#include "statistics/distributions.hpp"
#include "statistics/moments.hpp"

namespace topline::statistics {

namespace {

Diagnostic no_variation() {
  return fault_in("", "a t test needs values that vary", "all values of a sample are the same");
}

TTest t_test(double estimate, double expected, double standard_error, double df, double level) {
  TTest test;
  test.statistic = (estimate - expected) / standard_error;
  test.df = df;
  test.p = student_two_sided(test.statistic, df);
  test.estimate = estimate;
  test.standard_error = standard_error;
  const double width = student_quantile(0.5 + level / 2, df) * standard_error;
  test.interval = {estimate - width, estimate + width};
  return test;
}

}  // namespace

Result<TTest> one_sample_t_test(std::span<const double> values, double expected, double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  if (const auto fault = sample_fault(values, 2, "a t test"))
    return *fault;
  if (!std::isfinite(expected))
    return fault_in("", "a t test needs a finite expected mean");
  const Moments moments = moments_of(values);
  if (moments.constant())
    return no_variation();
  return t_test(moments.mean, expected, std::sqrt(moments.variance() / moments.n), moments.n - 1,
                level);
}

Result<TTest> paired_t_test(std::span<const double> x, std::span<const double> y, double level) {
  if (const auto fault = pairs_fault(x, y, 2, "a paired t test"))
    return *fault;
  std::vector<double> differences(x.size());
  for (size_t i = 0; i < x.size(); ++i)
    differences[i] = x[i] - y[i];
  return one_sample_t_test(differences, 0, level);
}

Result<TTest> two_sample_t_test(std::span<const double> x, std::span<const double> y,
                                Variances variances, double level) {
  if (const auto fault = level_fault(level))
    return *fault;
  if (const auto fault = sample_fault(x, 2, "a t test"))
    return *fault;
  if (const auto fault = sample_fault(y, 2, "a t test"))
    return *fault;
  const Moments first = moments_of(x);
  const Moments second = moments_of(y);
  if (first.constant() && second.constant())
    return no_variation();
  const double difference = first.mean - second.mean;
  if (variances == Variances::equal) {
    const double df = first.n + second.n - 2;
    const double variance = (first.squares + second.squares) / df;
    return t_test(difference, 0, std::sqrt(variance * (1 / first.n + 1 / second.n)), df, level);
  }
  const double of_first = first.variance() / first.n;
  const double of_second = second.variance() / second.n;
  const double sum = of_first + of_second;
  const double df =
      sum * sum / (of_first * of_first / (first.n - 1) + of_second * of_second / (second.n - 1));
  return t_test(difference, 0, std::sqrt(sum), df, level);
}

}  // namespace topline::statistics
