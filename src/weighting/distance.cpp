#include "weighting/distance.hpp"

#include <cmath>

namespace topline {

namespace {

double linear_integral(double u) {
  return u + u * u / 2;
}

// A factor that is held at a bound beyond the point where it is reached.
DistancePoint held(double bound, double reached_at, double integral_there, double u) {
  return {bound, 0, integral_there + bound * (u - reached_at)};
}

DistancePoint linear(const WeightBounds& bounds, double u) {
  if (1 + u < bounds.lower)
    return held(bounds.lower, bounds.lower - 1, linear_integral(bounds.lower - 1), u);
  if (1 + u > bounds.upper)
    return held(bounds.upper, bounds.upper - 1, linear_integral(bounds.upper - 1), u);
  return {1 + u, 1, linear_integral(u)};
}

DistancePoint exponential(const WeightBounds& bounds, double u) {
  const double factor = std::exp(u);
  if (factor < bounds.lower)
    return held(bounds.lower, std::log(bounds.lower), bounds.lower - 1, u);
  if (factor > bounds.upper)
    return held(bounds.upper, std::log(bounds.upper), bounds.upper - 1, u);
  return {factor, factor, std::expm1(u)};
}

// F(u) = (L(U−1) + U(1−L) e^{Au}) / ((U−1) + (1−L) e^{Au}) with A = (U−L) / ((1−L)(U−1)).
DistancePoint logistic(const WeightBounds& bounds, double u) {
  const double above = bounds.upper - 1;
  const double below = 1 - bounds.lower;
  const double range = bounds.upper - bounds.lower;
  const double steepness = range / (below * above);
  // Written with exp of a negative number on either side, so that it never overflows.
  const double power = std::exp(-std::abs(steepness * u));
  const double high = u > 0 ? below : below * power;
  const double low = u > 0 ? above * power : above;
  const double share = high / (low + high);
  const double log_part = (u > 0 ? steepness * u : 0) + std::log((low + high) / range);
  return {bounds.lower + range * share, range * steepness * share * (low / (low + high)),
          bounds.lower * u + below * above * log_part};
}

}  // namespace

DistancePoint distance_at(Distance distance, const WeightBounds& bounds, double u) {
  switch (distance) {
    case Distance::linear:
      return linear(bounds, u);
    case Distance::raking:
      return exponential(bounds, u);
    case Distance::logit:
      break;
  }
  return logistic(bounds, u);
}

}  // namespace topline
