// How far calibrated weights may move from those before, as distance functions have it.
#pragma once

#include <limits>

namespace topline {

// The distances of Deville and Särndal (1992, J. Am. Stat. Assoc. 87, section 2, cases 1, 2, 6
// and 7).
enum class Distance {
  linear,  // F(u) = 1 + u, cut off at the bounds: the generalized regression estimator
  raking,  // F(u) = exp(u), cut off at the bounds: what raking converges to
  logit,   // between both bounds, which it needs: lower < 1 < upper
};

// Of the new weight to the old one.
struct WeightBounds {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool unbounded() const {
    return lower == -std::numeric_limits<double>::infinity() &&
           upper == std::numeric_limits<double>::infinity();
  }
};

// F(u), its derivative, and its integral from 0: the factor that a row's weight gets where its
// auxiliaries, times the multipliers, add up to u.
struct DistancePoint {
  double factor = 1;
  double slope = 1;
  double integral = 0;
};
DistancePoint distance_at(Distance distance, const WeightBounds& bounds, double u);

}  // namespace topline
