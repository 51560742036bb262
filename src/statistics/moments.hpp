// Mean and spread of plain numbers.
#pragma once

#include <span>

namespace topline::statistics {

// Sums about the mean, taken in two passes, so that large means cost no digits.
struct Moments {
  double n = 0;
  double mean = 0;     // 0 where n is 0
  double squares = 0;  // Σ (x − mean)²

  // Σ (x − mean)² / (n − 1). n > 1.
  [[nodiscard]] double variance() const { return squares / (n - 1); }
  // The values do not differ by more than what rounding leaves of their mean.
  [[nodiscard]] bool constant() const;
};

Moments moments_of(std::span<const double> values);

// Σ (x − mean of x)(y − mean of y), of two columns of the same length.
double product_sum(std::span<const double> x, std::span<const double> y);

}  // namespace topline::statistics
