#include "statistics/moments.hpp"

#include <cmath>
#include <limits>

namespace topline::statistics {

bool Moments::constant() const {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  return std::sqrt(squares / (n > 0 ? n : 1)) <= 10 * epsilon * std::abs(mean);
}

Moments moments_of(std::span<const double> values) {
  Moments moments;
  if (values.empty())
    return moments;
  moments.n = static_cast<double>(values.size());
  double sum = 0;
  for (double value : values)
    sum += value;
  moments.mean = sum / moments.n;
  // The sum of the deviations is 0 but for rounding: it corrects the mean, and then the squares.
  double rest = 0;
  for (double value : values) {
    const double deviation = value - moments.mean;
    rest += deviation;
    moments.squares += deviation * deviation;
  }
  moments.squares -= rest * rest / moments.n;
  moments.mean += rest / moments.n;
  return moments;
}

double product_sum(std::span<const double> x, std::span<const double> y) {
  const double mean_x = moments_of(x).mean;
  const double mean_y = moments_of(y).mean;
  double sum = 0;
  double rest_x = 0;
  double rest_y = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    sum += (x[i] - mean_x) * (y[i] - mean_y);
    rest_x += x[i] - mean_x;
    rest_y += y[i] - mean_y;
  }
  return x.empty() ? 0 : sum - rest_x * rest_y / static_cast<double>(x.size());
}

}  // namespace topline::statistics
