#include "estimation/trend_test.hpp"

#include <algorithm>
#include <vector>

namespace topline {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Sums of 1, x, e, x², x·e with x = score − x̄ and e = y − ȳ − slope·x.
struct Line {
  double x_mean = 0;
  double y_mean = 0;
  double slope = 0;
};

RowPass line_pass(size_t value, size_t code, std::span<const double> scores, Line line) {
  return {5, [=](size_t count, const double* const* in, double* out) {
            for (size_t k = 0; k < count; ++k) {
              double* here = out + 5 * k;
              std::fill_n(here, 5, 0.0);
              const double category = in[code][k];
              if (!(category >= 0 && category < static_cast<double>(scores.size())))
                continue;
              const double x = scores[static_cast<size_t>(category)] - line.x_mean;
              const double e = in[value][k] - line.y_mean - line.slope * x;
              here[0] = 1;
              here[1] = x;
              here[2] = e;
              here[3] = x * x;
              here[4] = x * e;
            }
          }};
}

// What is left to be added to the slope.
double remaining_slope(const VectorXd& t) {
  return (t(4) - t(1) * t(2) / t(0)) / (t(3) - t(1) * t(1) / t(0));
}

}  // namespace

Result<TTest> trend_test(const SampleRows& rows, size_t value, size_t code,
                         std::span<const double> scores) {
  // First the means, then the slope, then what they leave.
  Line line;
  for (int step = 0; step < 2; ++step) {
    const std::vector<double> sums = rows.totals(line_pass(value, code, scores, line));
    const VectorXd t = Eigen::Map<const VectorXd>(sums.data(), 5);
    if (!(t(0) > 0))
      return fault_in("", "nobody is in the categories of this trend");
    const double spread = t(3) - t(1) * t(1) / t(0);
    if (!(spread > 1e-12 * t(3)))
      return fault_in("", "everybody is in one category, so that there is no trend");
    if (step == 1)
      line.slope = remaining_slope(t);
    line.x_mean += t(1) / t(0);
    line.y_mean += t(2) / t(0);
  }
  const Result<Estimates> slope =
      estimate(rows.tally(line_pass(value, code, scores, line)),
               {[&](const VectorXd& t) -> VectorXd {
                  return VectorXd::Constant(1, line.slope + remaining_slope(t));
                },
                [](const VectorXd& t) -> MatrixXd {
                  // The sums of x, e and x·e are 0 here.
                  MatrixXd derivative = MatrixXd::Zero(1, 5);
                  derivative(0, 4) = 1 / t(3);
                  return derivative;
                }});
  if (!slope)
    return slope.fault();
  Result<TTest> test = t_test(*slope, 0, 0, slope->size.degrees_of_freedom - 1);
  if (test)
    test->method = "trend over categories, " + slope->method;
  return test;
}

}  // namespace topline
