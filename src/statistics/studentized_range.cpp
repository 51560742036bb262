#include "statistics/studentized_range.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "statistics/distributions.hpp"
#include "statistics/root.hpp"

namespace topline::statistics {

namespace {

// Of arguments outside the domain, as in distributions.cpp; callers refuse first.
// allow(nan): a tail of no distribution is no number
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

// The range of k normal variables, its integral taken at points that do not depend on the range.
class NormalRange {
 public:
  explicit NormalRange(double k) : k_(k) {
    // The integrand is smooth on the scale 1/sqrt(k); beyond 38 the normal density is 0.
    const double step = 0.5 / std::sqrt(k);
    for (double z = -9; z < 38; z += step)
      points_.push_back({z, normal_lower(z), step * normal_density(z)});
  }

  // P(range > w) = k ∫ φ(z)·(Φ(z)^(k−1) − (Φ(z) − Φ(z − w))^(k−1)) dz: z is the largest of them.
  [[nodiscard]] double upper(double w) const {
    if (w <= 0)
      return 1;
    // In the far tail, the largest and the smallest lie around w/2 and −w/2.
    const double furthest = std::max(9 + std::sqrt(2 * std::log(k_)), w / 2 + 8);
    double sum = 0;
    for (const Point& point : points_) {
      if (point.z > furthest)
        break;
      const double outside = std::min(1.0, normal_lower(point.z - w) / point.below);
      const double all_below = std::pow(point.below, k_ - 1);
      sum -= point.weight * all_below * std::expm1((k_ - 1) * std::log1p(-outside));
    }
    return std::min(1.0, k_ * sum);
  }

 private:
  struct Point {
    double z = 0;
    double below = 0;   // Φ(z)
    double weight = 0;  // step·φ(z)
  };
  double k_;
  std::vector<Point> points_;
};

// x·log x − x − log Γ(x), by Stirling's series where the terms would cancel.
double log_gamma_gap(double x) {
  if (x < 16)
    return x * std::log(x) - x - log_gamma(x);
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double rest =
      inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  return 0.5 * std::log(x / (2 * std::numbers::pi)) - rest;
}

// The density of log s, where df·s² is chi-squared.
double log_scale_density(double t, double df) {
  return 2 * std::exp(log_gamma_gap(df / 2) - df / 2 * (std::expm1(2 * t) - 2 * t));
}

}  // namespace

double studentized_range_upper(double q, double k, double df) {
  if (!(k >= 2) || std::isinf(k) || !(df > 0) || std::isnan(q))
    return undefined;
  if (q <= 0 || std::isinf(q))
    return q <= 0 ? 1 : 0;
  const NormalRange range(k);
  if (std::isinf(df))
    return range.upper(q);
  // To both sides of t = 0, where the density is highest, until it no longer counts.
  auto sum_from = [&](double offset, double step) {
    double sum = 0;
    for (double direction : {-1.0, 1.0}) {
      for (double t = offset;; t += step) {
        const double density = log_scale_density(direction * t, df);
        if (density <= std::max(1e-20 * sum, 1e-300))
          break;
        sum += density * range.upper(q * std::exp(direction * t));
      }
    }
    return sum;
  };
  double step = std::min(0.25, 1 / std::sqrt(df));
  double total = log_scale_density(0, df) * range.upper(q) + sum_from(step, step);
  for (int halving = 0; halving < 8; ++halving) {
    const double finer = total + sum_from(step / 2, step);
    const bool settled = std::abs(finer / 2 - total) <= 1e-13 * finer;
    total = finer;
    step /= 2;
    if (settled)
      break;
  }
  return std::min(1.0, total * step);
}

double studentized_range_upper_quantile(double p, double k, double df) {
  if (!(p > 0 && p < 1) || !(k >= 2) || std::isinf(k) || !(df > 0))
    return undefined;
  return increasing_root([&](double q) { return p - studentized_range_upper(q, k, df); }, 0,
                         std::numeric_limits<double>::infinity(), 4);
}

}  // namespace topline::statistics
